import { useEffect, useRef, type ReactNode } from "react";

/** Comes into view as it appears: what matters may be below the edge of a small screen. */
export function InView({ children }: { children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <div ref={place} className="scroll-my-5">
      {children}
    </div>
  );
}
