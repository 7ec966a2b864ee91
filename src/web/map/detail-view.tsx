import { AimOutlined, DownloadOutlined, LinkOutlined } from '@ant-design/icons';
import { App, Button, Tag } from 'antd';
import { Link } from 'react-router-dom';
import type { ReactNode } from 'react';
import type { PlaceDetail, SourceJson } from '../../base/api.ts';
import type { Box } from '../../engine/spatial/geometry.ts';
import { cityPath } from '../api/client.ts';
import { formatName } from '../i18n/format-names.ts';
import type { KindNames } from '../i18n/kind-names.ts';
import { useSpeech } from '../i18n/language.tsx';
import { groupName } from '../i18n/population-group.ts';
import { KindIcon } from './kind-icon.tsx';
import type { Selection } from './map-address.ts';
import type { Detail } from './selection-detail.ts';

interface DetailViewProps {
  readonly cityId: string;
  readonly detail: Detail;
  readonly kinds: KindNames;
  readonly onSelect: (selection: Selection) => void;
  readonly onZoom: (box: Box) => void;
}

type Fact = readonly [label: string, value: ReactNode];

export function DetailView({ cityId, detail, kinds, onSelect, onZoom }: DetailViewProps) {
  const { t, f, pick, language } = useSpeech();
  const { message } = App.useApp();
  const { feature, place, facility } = detail;
  const kindText = place !== undefined ? (t.level[place.level] ?? place.level) : facility !== undefined ? kinds.facility(facility.kind) : feature !== undefined ? kinds.feature(feature.layer, feature.kind) : '';
  const title = detail.name === undefined ? kindText : pick(detail.name);
  const other = detail.name === undefined ? '' : detail.name[language === 'zh' ? 'en' : 'zh'];
  const { box } = detail;
  return (
    <article className="detail">
      <header>
        <p className="detail-kind">
          {facility !== undefined && <KindIcon kind={facility.kind} />}
          {detail.name !== undefined && kindText}
          {place?.derived === true && <Tag title={t.inspector.derivedHint}>{t.inspector.derived}</Tag>}
          {place?.outsideBuiltUp === true && <Tag color="gold" title={t.inspector.outsideHint}>{t.inspector.outside}</Tag>}
          {facility !== undefined && <Tag>{facility.quality === 'registry' ? t.inspector.registry : t.inspector.proxy}</Tag>}
        </p>
        <h2>{title}</h2>
        {other !== '' && other !== title && <p className="quiet">{other}</p>}
        <div className="detail-actions">
          {box !== undefined && (
            <Button size="small" icon={<AimOutlined />} onClick={() => onZoom(box)}>
              {t.inspector.zoomTo}
            </Button>
          )}
          <Button
            size="small"
            icon={<LinkOutlined />}
            onClick={() => void navigator.clipboard?.writeText(window.location.href).then(() => message.success(t.inspector.linkCopied))}
          >
            {t.inspector.copyLink}
          </Button>
        </div>
      </header>
      <Facts facts={listFacts()} />
      <Attributes attributes={detail.attributes} />
      <Origin cityId={cityId} source={detail.source} sourceId={feature?.sourceId} mergedFrom={facility?.sources} />
    </article>
  );

  function listFacts(): Fact[] {
    const facts: Fact[] = [];
    const add = (label: string, value: number | null | undefined, text: (value: number) => string): void => {
      if (value !== null && value !== undefined) facts.push([label, text(value)]);
    };
    if (feature !== undefined) facts.push([t.inspector.layer, feature.layer.startsWith('custom:') ? feature.layer.slice(7) : (t.layer[feature.layer] ?? feature.layer)]);
    // a facility says its own land area; measuring the drawing again would only seem to contradict it
    if (facility?.landM2 == null) add(t.inspector.area, detail.areaM2 || undefined, f.areaM2);
    add(detail.areaM2 ? t.inspector.perimeter : t.inspector.length, detail.lengthM || undefined, f.lengthM);
    if (place !== undefined) {
      add(t.inspector.population, place.population, f.integer);
      add(t.inspector.households, place.households, f.integer);
      if (place.population !== null && place.areaM2 > 0) {
        facts.push([t.inspector.density, `${f.integer(place.population / (place.areaM2 / 1e6))} ${t.map.densityUnit}`]);
      }
      if (place.parentId !== null) {
        facts.push([t.inspector.parent, place.ancestors.length === 0 ? place.parentId : <Ancestors key="parent" ancestors={place.ancestors} onSelect={onSelect} />]);
      }
      const children = Object.entries(place.children).map(([level, count]) => `${t.level[level] ?? level} ${f.integer(count)}`);
      if (children.length > 0) facts.push([t.inspector.children, f.list(children)]);
    }
    if (facility !== undefined) {
      add(t.inspector.capacity, facility.capacity, f.integer);
      add(t.inspector.floorArea, facility.floorM2, f.areaM2);
      add(t.inspector.landArea, facility.landM2, f.areaM2);
    }
    return facts;
  }
}

/** The places around a place, the nearest first, each one click away. */
function Ancestors({ ancestors, onSelect }: { ancestors: PlaceDetail['ancestors']; onSelect: DetailViewProps['onSelect'] }) {
  const { t, pick } = useSpeech();
  return (
    <ul className="ancestors">
      {ancestors.map(({ placeId, level, name }) => (
        <li key={placeId}>
          <button type="button" className="link-button" title={t.level[level] ?? level} onClick={() => onSelect({ type: 'place', id: placeId })}>
            {pick(name)}
          </button>
        </li>
      ))}
    </ul>
  );
}

function Facts({ facts }: { facts: readonly Fact[] }) {
  if (facts.length === 0) return null;
  return (
    <dl className="facts">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Attributes of derived places that count the persons of a group. */
const PERSONS = 'persons:';

function Attributes({ attributes }: { attributes: Detail['attributes'] }) {
  const { t, f, language } = useSpeech();
  const entries = Object.entries(attributes);
  return (
    <section>
      <h3>{t.inspector.attributes}</h3>
      {entries.length === 0 ? (
        <p className="quiet">{t.inspector.noAttributes}</p>
      ) : (
        <table className="attributes">
          <tbody>
            {entries.map(([key, value]) => (
              <tr key={key}>
                <th scope="row">{key.startsWith(PERSONS) ? groupName(key.slice(PERSONS.length), language) : key}</th>
                <td>{value === null ? '–' : value === true ? t.common.yes : value === false ? t.common.no : key.startsWith(PERSONS) ? t.map.persons(f.integer(Number(value))) : String(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Origin({ cityId, source, sourceId, mergedFrom }: { cityId: string; source: SourceJson; sourceId: string | undefined; mergedFrom: readonly string[] | undefined }) {
  const { t, f } = useSpeech();
  const facts: Fact[] = [
    ...(source.kind === 'file' ? [[t.inspector.sourceFile, <span key="file" className="file-name">{source.fileName}</span>] as Fact, [t.data.format, formatName(source.format)] as Fact] : [[t.inspector.sourceFile, t.inspector.derived] as Fact]),
    [t.inspector.batch, <Link key="batch" to={`/${cityId}/data?batch=${source.batchId}`}>{t.inspector.batchNumber(f.integer(source.batchId))}</Link>],
    [t.inspector.importedAt, f.dateTime(source.importedAt)],
    [t.inspector.who, source.who],
    ...(sourceId === undefined ? [] : [[t.inspector.sourceId, <code key="id">{sourceId}</code>] as Fact]),
    ...(mergedFrom === undefined || mergedFrom.length === 0 ? [] : [[t.inspector.mergedFrom, <MergedFrom key="merged" cityId={cityId} sources={mergedFrom} />] as Fact]),
  ];
  return (
    <section className="origin">
      <h3>{t.inspector.origin}</h3>
      {source.kind === 'derived' && <p className="quiet">{t.data.derivedHint}</p>}
      <Facts facts={facts} />
      {source.kind === 'file' && (
        <Button size="small" icon={<DownloadOutlined />} href={cityPath(cityId, 'batches', source.batchId, 'file')} download>
          {t.inspector.download}
        </Button>
      )}
    </section>
  );
}

const MERGED_SHOWN = 6;

/** `batch:sourceId` each: the batch is a link, the id is the source's own. */
function MergedFrom({ cityId, sources }: { cityId: string; sources: readonly string[] }) {
  const { t, f } = useSpeech();
  return (
    <ul className="merged">
      {sources.slice(0, MERGED_SHOWN).map((source) => {
        const colon = source.indexOf(':');
        const batch = Number(source.slice(0, colon));
        return (
          <li key={source}>
            <code>{source.slice(colon + 1)}</code> <Link to={`/${cityId}/data?batch=${batch}`}>{t.inspector.batchNumber(f.integer(batch))}</Link>
          </li>
        );
      })}
      {sources.length > MERGED_SHOWN && <li className="quiet">+{f.integer(sources.length - MERGED_SHOWN)}</li>}
    </ul>
  );
}
