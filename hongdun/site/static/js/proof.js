// Earns another allowance by counting: finds n so that SHA-256 of "seed.n" begins with enough zero bits.
// Written out, because crypto.subtle is missing on plain http and too slow for one short hash after another.
const SLICE = 20_000; // tries between two breaths of the page
const FIRST_PRIMES = [];
for (let n = 2; FIRST_PRIMES.length < 64; n += 1) {
  if (FIRST_PRIMES.every((prime) => n % prime)) FIRST_PRIMES.push(n);
}
const fraction = (root) => ((root - Math.floor(root)) * 2 ** 32) | 0;
const START = FIRST_PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const ROUND = FIRST_PRIMES.map((prime) => fraction(Math.cbrt(prime)));
const turned = (x, by) => (x >>> by) | (x << (32 - by));

// Mixes one block of 16 words into the state (FIPS 180-4, 6.2.2).
function mix(state, words) {
  for (let t = 16; t < 64; t += 1) {
    const near = words[t - 2];
    const far = words[t - 15];
    words[t] = (words[t - 16] + words[t - 7]
      + (turned(far, 7) ^ turned(far, 18) ^ (far >>> 3))
      + (turned(near, 17) ^ turned(near, 19) ^ (near >>> 10))) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let t = 0; t < 64; t += 1) {
    const up = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + ROUND[t] + words[t]) | 0;
    const down = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + up) | 0, c, b, a, (up + down) | 0];
  }
  return [a, b, c, d, e, f, g, h].map((word, place) => (word + state[place]) | 0);
}

function sha256(text) {
  const length = text.length;
  const words = new Int32Array(Math.ceil((length + 9) / 64) * 16);
  for (let place = 0; place < length; place += 1) {
    words[place >> 2] |= text.charCodeAt(place) << (24 - (place % 4) * 8);
  }
  words[length >> 2] |= 0x80 << (24 - (length % 4) * 8);
  words[words.length - 1] = length * 8;
  const block = new Int32Array(64);
  let state = START;
  for (let from = 0; from < words.length; from += 16) {
    block.set(words.subarray(from, from + 16));
    state = mix(state, block);
  }
  return state;
}

export function isSolved(text, bits) {
  const [first, second] = sha256(text);
  const zeros = Math.clz32(first);
  return (zeros < 32 ? zeros : 32 + Math.clz32(second)) >= bits;
}

async function solve(seed, bits) {
  for (let n = 0; ; n += 1) {
    if (isSolved(`${seed}.${n}`, bits)) return `${seed}.${n}`;
    if (n % SLICE === SLICE - 1) await new Promise((done) => { setTimeout(done); });
  }
}

// The answer to the proof counts as the first request of the new allowance; the page is asked for anew after it.
async function goOn(told) {
  told.hidden = false;
  const proof = await solve(told.dataset.proofSeed, Number(told.dataset.proofBits));
  const answer = await fetch(location.href, { method: "HEAD", headers: { "Hongdun-Proof": proof } });
  if (answer.status === 429 || answer.status === 400) told.hidden = true;
  else location.reload();
}

const told = document.querySelector("[data-proof-seed]");
if (told) goOn(told).catch(() => { told.hidden = true; });
