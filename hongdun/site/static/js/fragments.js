// Puts a part of a page, rendered by the server, in its place.
export function put(place, markup) {
  const parsed = new DOMParser().parseFromString(markup, "text/html");
  place.replaceChildren(...parsed.body.childNodes);
}
