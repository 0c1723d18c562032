import { expect } from "chai";

import { parseLcov } from "../../tools/lib/lcov.ts";

describe("parseLcov", () => {
  it("counts the lines of each file, and names those that never ran", () => {
    const report = ["TN:", "SF:contracts/A.sol", "DA:3,1", "DA:4,0", "DA:9,0", "LH:1", "LF:3", "end_of_record"];
    const other = ["SF:contracts/B.sol", "DA:1,2", "end_of_record", ""];
    expect(parseLcov([...report, ...other].join("\n"))).to.deep.equal([
      { file: "contracts/A.sol", lines: 3, missed: [4, 9] },
      { file: "contracts/B.sol", lines: 1, missed: [] },
    ]);
  });

  for (const report of ["DA:3,1", "SF:a.sol\nDA:x,1", "SF:a.sol\nDA:3"]) {
    it(`throws when a record makes no sense: ${JSON.stringify(report)}`, () => {
      expect(() => parseLcov(report)).to.throw("not a record of lcov: DA:");
    });
  }
});
