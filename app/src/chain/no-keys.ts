// In place of the curve by which ethers signs and recovers keys: the page does neither, a wallet does.
const absent = (): never => {
  throw new Error("This page holds no keys and signs nothing itself");
};

export const secp256k1 = { getPublicKey: absent, getSharedSecret: absent, sign: absent, Point: {}, Signature: {} };
