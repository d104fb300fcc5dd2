// Makes a large photo small enough to send from a phone, upright; anything else stays as it is.
const LARGE = 1.5 * 1024 * 1024;
const LONGEST = 2600; // px: an A4 page at 220 DPI
const QUALITY = 0.85;

export async function shrunk(file) {
  if (!file.type.startsWith("image/") || (sendable(file) && file.size <= LARGE)) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const blob = await drawn(picture);
    picture.close();
    if (sendable(file) && blob.size >= file.size) return file;
    const name = `${file.name.replace(/\.\w+$/, "")}.jpg`;
    return new File([blob], name, { type: blob.type, lastModified: file.lastModified });
  } catch {
    return file; // the server says what it is and how to mend it
  }
}

const sendable = (file) => file.type === "image/jpeg" || file.type === "image/png";

function drawn(picture) {
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff"; // what was transparent would turn black
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/jpeg", QUALITY);
  });
}
