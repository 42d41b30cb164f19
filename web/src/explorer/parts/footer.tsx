import { ReleaseNote } from "../generated";
import { useAnswer, usePage } from "../page";

export function Footer() {
  const { t } = usePage();
  const { data } = useAnswer(ReleaseNote, {});
  return (
    <footer>
      <p>
        {data && (
          <>
            {t.footer.release(data.release.id, data.release.counts.nodes, data.release.counts.relationships, data.release.counts.sources)}{" "}
            <span class="quiet">{data.release.license}</span>
          </>
        )}
      </p>
      <p class="only-print">{location.href}</p>
      <nav aria-label={t.footer.api}>
        <a href="/graphiql">{t.footer.graphiql}</a>
        <a href="/query">{t.footer.plain}</a>
        <a href="/schema.graphql">{t.footer.schema}</a>
        <a href="/q">{t.footer.named}</a>
        <a href="/export">{t.footer.files}</a>
      </nav>
    </footer>
  );
}
