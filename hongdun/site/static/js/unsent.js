// Files that are not sent yet, kept by the browser so that a page that was reloaded or closed goes on by itself.
const NAME = "hongdun-unsent";
const STORE = "files";

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function ask(mode, question) {
  try {
    const store = (await opened()).transaction(STORE, mode).objectStore(STORE);
    return await new Promise((resolve, reject) => {
      const asked = question(store);
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  } catch {
    return undefined; // a private window keeps nothing: then the file has to be chosen again
  }
}

export const keep = (key, files) => ask("readwrite", (store) => store.put(files, key));
export const kept = (key) => ask("readonly", (store) => store.get(key));
export const forget = (key) => ask("readwrite", (store) => store.delete(key));
