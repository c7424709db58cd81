// Pictures dropped, pasted or chosen: ask what they show, upload, insert.
import { post } from "./post.js";
import { insert } from "./text.js";

export function startUpload(form, area) {
  const dialog = document.querySelector("[data-upload-dialog]");
  const upload = dialog.querySelector("[data-upload-form]");
  const { file: chooser, alt, decorative } = upload.elements;
  const thumb = upload.querySelector(".upload__thumb");
  const problem = upload.querySelector(".upload__error");
  chooser.hasChangeListener = true; // Unfold would write the file's name into the next text field: the description
  let dropped = null;
  let selection = [0, 0];

  function open(file = null) {
    upload.reset();
    problem.textContent = "";
    selection = [area.selectionStart, area.selectionEnd];
    use(file);
    dialog.showModal();
    if (file) alt.focus();
  }

  function use(file) {
    dropped = file;
    const image = thumb.querySelector("img");
    if (image.src) URL.revokeObjectURL(image.src);
    thumb.hidden = !file;
    if (file) image.src = URL.createObjectURL(file);
    else image.removeAttribute("src");
  }

  async function send() {
    const body = new FormData();
    const file = dropped ?? chooser.files[0];
    if (file) body.append("file", file);
    body.append("alt", alt.value);
    if (decorative.checked) body.append("decorative", "on");
    problem.textContent = "";
    try {
      const reply = await post(form, form.dataset.uploadUrl, body);
      const result = await reply.json();
      if (!reply.ok) throw new Error(result.error);
      dialog.close();
      area.setSelectionRange(...selection);
      insert(area, result.insert);
    } catch (error) {
      problem.textContent = error.message || "The upload failed. Try again.";
    }
  }

  document.querySelector("[data-upload-open]").addEventListener("click", () => open());
  chooser.addEventListener("change", () => use(chooser.files[0] ?? null));
  upload.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });

  const pictureIn = (data) => [...(data?.files ?? [])].find((file) => file.type.startsWith("image/"));
  area.addEventListener("paste", (event) => {
    const file = pictureIn(event.clipboardData);
    if (!file) return;
    event.preventDefault();
    open(file);
  });
  area.addEventListener("dragover", (event) => {
    if ([...event.dataTransfer.types].includes("Files")) event.preventDefault();
  });
  area.addEventListener("drop", (event) => {
    const file = pictureIn(event.dataTransfer);
    if (!file) return;
    event.preventDefault();
    open(file);
  });
}
