import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";

import { readPicture, type Position } from "../../chain/account.ts";
import { useChain } from "../../chain/context.tsx";
import { useText } from "../../i18n/index.ts";
import { pictured } from "./selection.ts";

/** A position's picture as its contract draws it, read only once it comes into sight, and shown as data: what is in it runs nothing. */
export function PositionPicture({ position, now }: { position: Position; now: number }) {
  const { t } = useText();
  const { reader, head } = useChain();
  const { pool, id } = position;
  const [place, seen] = useSeen<HTMLDivElement>();
  const { data } = useQuery({
    queryKey: ["picture", head?.genesis, pool, id.toString(), pictured(position, now)],
    queryFn: async () => (await readPicture(reader, pool, id)) ?? null,
    enabled: seen,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
  return (
    <div ref={place} className="bg-sunken aspect-[420/600] w-24 shrink-0 self-start overflow-hidden rounded-lg sm:w-32">
      {typeof data === "string" && (
        <img
          src={data}
          width={420}
          height={600}
          alt={t("position.picture", { id: id.toString() })}
          className="size-full object-contain"
        />
      )}
    </div>
  );
}

/** Whether an element has come near the visible part of the page. */
function useSeen<T extends Element>() {
  const place = useRef<T>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const { current } = place;
    if (current === null || seen) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
      },
      { rootMargin: "200px" },
    );
    observer.observe(current);
    return () => {
      observer.disconnect();
    };
  }, [seen]);
  return [place, seen] as const;
}
