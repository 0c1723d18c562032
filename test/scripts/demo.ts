import { expect } from "chai";

import { exitCode, reconcile, total, type Books, type Entry } from "../../examples/year/ledger.ts";

/** One staker and one sponsor of one token: 100 staked, 50 funded; 70 and 20 came back, 3 left as penalty, 5 withdrawn. */
function honestBooks(): Books {
  const entry = (kind: Entry["kind"], who: string, amount: bigint): Entry => ({
    kind,
    who,
    place: "Pool",
    token: "TSK",
    amount,
  });
  return {
    tokens: ["TSK"],
    entries: [
      entry("open", "Ada", 100n),
      entry("fund", "Sponsor", 50n),
      entry("principal", "Ada", 70n),
      entry("reward", "Ada", 20n),
      entry("penalty", "Treasury", 3n),
      entry("budget", "Treasury", 5n),
    ],
    holdings: [{ place: "Pool", token: "TSK", parts: { principal: 27n, budget: 25n }, liabilities: 52n, held: 52n }],
    accounts: [
      { who: "Ada", token: "TSK", before: 1_000n, after: 990n },
      { who: "Sponsor", token: "TSK", before: 50n, after: 0n },
      { who: "Treasury", token: "TSK", before: 0n, after: 8n },
    ],
  };
}

/** The first of a list with some of its fields changed. */
function withFirst<T extends object>(list: readonly T[], change: (first: T) => Partial<T>): T[] {
  return list.map((item, i) => (i === 0 ? { ...item, ...change(item) } : item));
}

describe("demo ledger", () => {
  describe("total", () => {
    it("adds up the entries that pass", () => {
      expect(total(honestBooks().entries, ({ who }) => who === "Ada")).to.equal(190n);
      expect(total(honestBooks().entries, () => false)).to.equal(0n);
    });
  });

  describe("exitCode", () => {
    it("is 0 for honest books, and 1 with a single unit astray", () => {
      const books = honestBooks();
      expect(exitCode(reconcile(books))).to.equal(0);
      const entries = withFirst(books.entries, ({ amount }) => ({ amount: amount - 1n }));
      expect(exitCode(reconcile({ ...books, entries }))).to.equal(1);
    });
  });

  describe("reconcile", () => {
    it("finds nothing wrong with honest books, and adds each side up", () => {
      const { balances, problems } = reconcile(honestBooks());
      expect(problems).to.deep.equal([]);
      expect(balances).to.deep.equal([
        { token: "TSK", funded: 150n, paid: 90n, forfeited: 3n, withdrawn: 5n, accounted: 52n, held: 52n },
      ]);
    });

    it("finds an event of one unit too much in the token's books and in the person's", () => {
      const books = honestBooks();
      const { problems } = reconcile({
        ...books,
        entries: withFirst(books.entries, ({ amount }) => ({ amount: amount + 1n })),
      });
      expect(problems).to.have.length(2);
      expect(problems.join("\n")).to.match(/TSK of Ada, events against balanceOf: 989 is not 990/);
      expect(problems.join("\n")).to.match(/TSK, funded against .*: 151 is not 150 \(off by 1\)/);
    });

    it("finds an event that is missing", () => {
      const books = honestBooks();
      const { problems } = reconcile({ ...books, entries: books.entries.slice(1) });
      expect(problems).to.have.length(2);
    });

    it("finds a contract that holds a unit less than it owes", () => {
      const books = honestBooks();
      const { problems } = reconcile({
        ...books,
        holdings: withFirst(books.holdings, ({ held }) => ({ held: held - 1n })),
      });
      expect(problems).to.deep.equal(["TSK in Pool, liabilities against balanceOf: 52 is not 51 (off by 1)"]);
    });

    it("finds a contract that holds a unit that it accounts to nobody", () => {
      const books = honestBooks();
      const { problems } = reconcile({
        ...books,
        holdings: withFirst(books.holdings, ({ held }) => ({ held: held + 1n })),
      });
      expect(problems).to.have.length(1);
    });

    it("does not take what is missing for what is accounted", () => {
      const books = honestBooks();
      const { balances, problems } = reconcile({
        ...books,
        holdings: withFirst(books.holdings, () => ({ parts: { principal: 27n }, liabilities: 27n, held: 27n })),
      });
      expect(balances[0]?.accounted).to.equal(27n);
      expect(problems).to.have.length(1);
      expect(problems[0]).to.match(/funded against paid/);
    });

    it("finds parts that are not the whole", () => {
      const books = honestBooks();
      const { problems } = reconcile({
        ...books,
        holdings: withFirst(books.holdings, () => ({ parts: { principal: 27n } })),
      });
      expect(problems).to.deep.equal(["TSK in Pool, parts against liabilities: 27 is not 52 (off by -25)"]);
    });

    it("finds a person whose balance moved without an event", () => {
      const books = honestBooks();
      const { problems } = reconcile({
        ...books,
        accounts: withFirst(books.accounts, ({ after }) => ({ after: after + 1n })),
      });
      expect(problems).to.have.length(1);
    });

    it("finds somebody who got tokens and whose balance nobody read", () => {
      const books = honestBooks();
      const { problems } = reconcile({ ...books, accounts: books.accounts.slice(1) });
      expect(problems).to.deep.equal(["TSK of Ada: moved, but its balance is not on record"]);
    });

    it("keeps tokens apart", () => {
      const books = honestBooks();
      const { problems } = reconcile({
        ...books,
        tokens: ["TSK", "USDX"],
        entries: withFirst(books.entries, () => ({ token: "USDX" })),
      });
      expect(problems.join("\n")).to.match(/^TSK, funded/m);
      expect(problems.join("\n")).to.match(/^USDX, funded/m);
    });
  });
});
