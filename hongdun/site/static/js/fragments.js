// A part of a page, rendered by the server; null when it can't be had now. The next asking may come through.
export async function part(address, options) {
  try {
    const answer = await fetch(address, options);
    return answer.ok && !answer.redirected ? await answer.text() : null;
  } catch {
    return null;
  }
}

// Puts it in its place.
export function put(place, markup) {
  const parsed = new DOMParser().parseFromString(markup, "text/html");
  place.replaceChildren(...parsed.body.childNodes);
}
