import { expect } from "chai";

import { buildSafeBatch, safeChecksum, type SafeBatch } from "../../tasks/lib/safe-batch.ts";

/** A batch that the Safe app exported, with the checksum that it wrote. */
const EXPORTED: SafeBatch = {
  version: "1.0",
  chainId: "1",
  createdAt: 1713949623894,
  meta: {
    name: "Transactions Batch",
    description: "",
    txBuilderVersion: "1.16.5",
    createdFromSafeAddress: "0xcdd57D11476c22d265722F68390b036f3DA48c21",
    createdFromOwnerAddress: "",
    checksum: "0x37b66d67757452f835ebc6540e283e27544d1414409577963593e7e535ce3ad9",
  },
  transactions: [
    {
      to: "0x9f26d4C958fD811A1F59B01B86Be7dFFc9d20761",
      value: "0",
      data: null,
      contractMethod: {
        inputs: [
          { internalType: "address", name: "target", type: "address" },
          { internalType: "uint256", name: "value", type: "uint256" },
          { internalType: "bytes", name: "data", type: "bytes" },
          { internalType: "bytes32", name: "predecessor", type: "bytes32" },
          { internalType: "bytes32", name: "salt", type: "bytes32" },
          { internalType: "uint256", name: "delay", type: "uint256" },
        ],
        name: "schedule",
        payable: false,
      },
      contractInputsValues: {
        target: "0x9FFDF407cDe9a93c47611799DA23924Af3EF764F",
        value: "0",
        data: "0x3beb551700000000000000000000000061ff310ac15a517a846da08ac9f9abf2a0f9a2bf00000000000000000000000000000000000000000000000000000000000007d00000000000000000000000000000000000000000000000000000000000001388",
        predecessor: "0x0",
        salt: "0x0",
        delay: "259200",
      },
    },
  ],
};

describe("Safe batch", () => {
  it("has the checksum that the Safe app computes", () => {
    expect(safeChecksum(EXPORTED)).to.equal(EXPORTED.meta.checksum);
  });

  it("has another checksum if anything but its name changes", () => {
    expect(safeChecksum({ ...EXPORTED, meta: { ...EXPORTED.meta, name: "Mine" } })).to.equal(EXPORTED.meta.checksum);
    expect(safeChecksum({ ...EXPORTED, chainId: "10" })).not.to.equal(EXPORTED.meta.checksum);
    expect(safeChecksum({ ...EXPORTED, transactions: [] })).not.to.equal(EXPORTED.meta.checksum);
  });

  it("holds the calls for the Safe", () => {
    const call = { to: "0x9f26d4C958fD811A1F59B01B86Be7dFFc9d20761", data: "0x1234" };
    const batch = buildSafeBatch(10n, EXPORTED.meta.createdFromSafeAddress, "Does this", [call], 5);
    expect(batch.chainId).to.equal("10");
    expect(batch.transactions).to.deep.equal([
      { ...call, value: "0", contractMethod: null, contractInputsValues: null },
    ]);
    expect(batch.meta.checksum).to.equal(safeChecksum(batch));
  });
});
