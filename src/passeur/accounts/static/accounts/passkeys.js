// Passkeys: a form with `data-passkey` asks the device, puts its answer into `credential`, and is sent.
// "make" a new one, or "ask" for one that is there; the question is in `data-options`, or at `data-ask`.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const words = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

// The server writes bytes in base64url.
function question(options) {
  const asked = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
  if (asked.user) asked.user = { ...asked.user, id: bytes(asked.user.id) };
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    if (asked[list]) asked[list] = asked[list].map((one) => ({ ...one, id: bytes(one.id) }));
  }
  return { publicKey: asked };
}

function answer(credential) {
  const said = {};
  for (const part of ["attestationObject", "clientDataJSON", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) said[part] = words(credential.response[part]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: words(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: said,
  });
}

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const reply = await fetch(form.dataset.ask, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  return (await reply.json()).request_options;
}

// A browser ties keys to a name: where the address is a number, no device is ever asked.
function say(trouble, error) {
  const number = error.name === "SecurityError" && /^[\d.]+$|:/.test(location.hostname);
  trouble.querySelector("[data-silent]").hidden = number;
  trouble.querySelector("[data-number]").hidden = !number;
  trouble.hidden = false;
}

async function fill(form) {
  const asked = question(await optionsOf(form));
  const credential = await (form.dataset.passkey === "make"
    ? navigator.credentials.create(asked)
    : navigator.credentials.get(asked));
  form.elements.credential.value = answer(credential);
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const trouble = document.getElementById(form.dataset.trouble);
  if (!window.PublicKeyCredential) {
    if (!form.hidden && trouble) trouble.hidden = false;
    continue;
  }
  form.hidden = false;
  form.elements.credential.value = ""; // an empty answer is written "null" by the server
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    if (trouble) trouble.hidden = true;
    try {
      await fill(form);
      form.submit(); // not asked again: the first submission already counts as under way
    } catch (error) {
      if (trouble) say(trouble, error);
    }
  });
}
