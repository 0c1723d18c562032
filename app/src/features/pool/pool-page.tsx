export function PoolPage({ address }: { address: string; term?: string | undefined }) {
  return <h1>{address}</h1>;
}
