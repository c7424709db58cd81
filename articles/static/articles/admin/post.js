// Requests that change something. They outlive the login that the page was opened with.

// Why the site refused, in words for the editor; any other failure is one of the network or the server.
export class Refused extends Error {}

// Django changes the token at each login: after one in another tab, the token of this page is asked for again.
export async function post(form, url, body, signal) {
  const send = () => {
    body.delete("csrfmiddlewaretoken"); // in the body it would count before the header
    const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
    return fetch(url, { method: "POST", body, headers, signal });
  };
  let reply = await send();
  if (reply.status === 403) {
    await renew(form.dataset.tokenUrl, signal);
    reply = await send();
  }
  if (reply.redirected) throw new Refused("You are logged out; log in in another tab");
  if (reply.status === 403) throw new Refused("You may not change this article");
  return reply;
}

async function renew(url, signal) {
  const reply = await fetch(url, { signal });
  if (reply.redirected) throw new Refused("You are logged out; log in in another tab");
  if (!reply.ok) throw new Error(String(reply.status));
  const { token } = await reply.json();
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
}
