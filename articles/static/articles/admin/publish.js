// The publish page: the date fields belong to one of the two choices only, and the button says what it will do.
const form = document.querySelector("[data-publish]").form;
const button = form.querySelector("[data-publish]");
const moment = form.querySelector("[data-moment]");

function draw() {
  const isLater = form.elements.when.value === "later";
  moment.hidden = !isLater;
  button.textContent = isLater ? "Schedule" : "Publish now";
}

for (const radio of form.elements.when) radio.addEventListener("change", draw);
draw();
