// The peer connections of one seat, by call and channel, and the mixing that three-way calls need.
// The exchange doesn't mix: when three speak, this browser sends each of the others what the rest say.
const GATHERING = 1000;

export class Sound {
  constructor(send) {
    this.send = send;
    this.peers = new Map();
    this.microphone = null;
    this.context = null;
    this.merged = false;
  }

  calls() {
    return [...new Set([...this.peers.values()].filter((each) => each.channel === "call").map((each) => each.call))];
  }

  // The far side offers; we answer with our microphone, or only listen.
  async take({ call, channel, sdp }) {
    const peer = await this.#peer(call, channel, { speaks: !channel.startsWith("listen") });
    await peer.connection.setRemoteDescription({ type: "offer", sdp });
    await peer.connection.setLocalDescription(await peer.connection.createAnswer());
    await gathered(peer.connection);
    this.send({ type: "answer", call, channel, sdp: peer.connection.localDescription.sdp });
    await this.#mix();
  }

  async offer({ call, channel }) {
    const peer = await this.#peer(call, channel, { speaks: true });
    await peer.connection.setLocalDescription(await peer.connection.createOffer());
    await gathered(peer.connection);
    this.send({ type: "offer", call, channel, sdp: peer.connection.localDescription.sdp });
  }

  async accept({ call, channel, sdp }) {
    await this.peers.get(key(call, channel))?.connection.setRemoteDescription({ type: "answer", sdp });
  }

  close({ call, channel }) {
    for (const [name, peer] of this.peers)
      if (peer.call === call && (peer.channel === channel || peer.channel.startsWith(`${channel}-`))) this.#end(name);
    if (!this.peers.size) this.#quiet();
    else this.#mix();
  }

  async merge(on) {
    if (this.merged === Boolean(on)) return;
    this.merged = Boolean(on);
    await this.#mix();
  }

  async #peer(call, channel, { speaks }) {
    this.#end(key(call, channel));
    const connection = new RTCPeerConnection();
    const peer = { call, channel, connection, heard: new MediaStream(), sender: null, audio: new Audio() };
    connection.addEventListener("track", ({ track }) => {
      peer.heard.addTrack(track);
      peer.audio.srcObject = peer.heard;
      peer.audio.play().catch(() => {});
      this.#mix();
    });
    if (speaks) peer.sender = connection.addTrack(await this.#speak());
    this.peers.set(key(call, channel), peer);
    return peer;
  }

  async #speak() {
    this.microphone ??= await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true },
    });
    return this.microphone.getAudioTracks()[0];
  }

  // Who is heard by whom: caller and third party hear each other in a conference; one who barges in is heard by the caller.
  async #mix() {
    const spoken = [...this.peers.values()].filter((each) => each.sender && each.channel !== "coach");
    for (const peer of spoken) {
      const others = spoken.filter((each) => each !== peer && each.call === peer.call && this.#joined(peer, each));
      const tracks = others.flatMap((each) => each.heard.getAudioTracks());
      await peer.sender.replaceTrack(tracks.length ? this.#blend(tracks) : await this.#speak());
    }
  }

  #joined(peer, other) {
    const channels = [peer.channel, other.channel];
    if (channels.includes("coach-whisper")) return false;
    if (channels.includes("coach-barge")) return other.channel === "coach-barge";
    return this.merged;
  }

  #blend(tracks) {
    this.context ??= new AudioContext();
    const out = this.context.createMediaStreamDestination();
    for (const track of [this.microphone.getAudioTracks()[0], ...tracks])
      this.context.createMediaStreamSource(new MediaStream([track])).connect(out);
    return out.stream.getAudioTracks()[0];
  }

  #end(name) {
    const peer = this.peers.get(name);
    if (!peer) return;
    peer.connection.close();
    peer.audio.srcObject = null;
    this.peers.delete(name);
  }

  #quiet() {
    this.microphone?.getTracks().forEach((track) => track.stop());
    this.microphone = null;
    this.merged = false;
  }
}

function key(call, channel) {
  return `${call} ${channel}`;
}

function gathered(connection) {
  return new Promise((resolve) => {
    if (connection.iceGatheringState === "complete") resolve();
    connection.addEventListener("icegatheringstatechange", () => {
      if (connection.iceGatheringState === "complete") resolve();
    });
    setTimeout(resolve, GATHERING);
  });
}
