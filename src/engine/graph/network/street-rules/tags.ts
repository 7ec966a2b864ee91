export type Tags = Readonly<Record<string, string | undefined>>;

/** Tags that decide what a street is; two ways that agree in all of them are the same to travellers. */
export const RULE_KEYS: ReadonlySet<string> = new Set([
  'highway', 'railway', 'public_transport', 'usage', 'route', 'construction', 'proposed', 'building',
  'access', 'foot', 'bicycle', 'vehicle', 'motor_vehicle', 'motorcar', 'motorroad', 'service', 'area', 'indoor', 'crossing', 'footway', 'path',
  'oneway', 'oneway:foot', 'oneway:bicycle', 'oneway:motor_vehicle', 'oneway:motorcar', 'oneway:vehicle', 'junction', 'sidewalk',
  'cycleway', 'cycleway:left', 'cycleway:right', 'cycleway:both', 'cycleway:left:oneway', 'cycleway:right:oneway', 'ramp:bicycle', 'ramp', 'tunnel', 'covered', 'bridge',
  'maxspeed', 'maxspeed:forward', 'maxspeed:backward', 'maxspeed:motorcar', 'maxspeed:lanes', 'lts', 'maxspeed:type', 'source:maxspeed', 'zone:maxspeed', 'zone:traffic', 'lanes', 'surface', 'tracktype',
]);

/** The same for nodes. */
export const POINT_KEYS: ReadonlySet<string> = new Set([
  'barrier', 'highway', 'crossing', 'railway', 'entrance', 'access', 'vehicle', 'motor_vehicle', 'motorcar', 'bicycle', 'foot', 'locked', 'opening_hours', 'opening_hours:gate', 'access:conditional', 'foot:conditional',
]);
