/**
 * The rows that maps of a whole city show (zooms 0–11), in an index of their own: through the index of all features a tile of
 * zoom 8 reads every street and building of the city to find its motorways.
 *
 * A statement uses the index where it repeats the condition word for word. The sizes lie below what any zoom up to 11 draws at
 * latitudes up to 70°.
 */
export const OVERVIEW_CONDITION = `(layer = 'street' and kind in ('motorway', 'trunk', 'primary', 'secondary', 'tertiary', 'motorway_link', 'trunk_link', 'primary_link')
  or layer in ('railway', 'transit-route', 'transit-stop', 'place-name', 'boundary') or layer like 'custom:%'
  or layer = 'water' and (size >= 600 or kind in ('coastline', 'river', 'canal'))
  or layer = 'land-use' and size >= 2000)`;

export const sql = `create index feature_overview on feature using gist (geom) where ${OVERVIEW_CONDITION};`;
