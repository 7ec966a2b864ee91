/**
 * The 20 items of a complete community (完整居住社区建设标准（试行）, 建科规〔2020〕7号) and how each is judged. Sizes that the 2025 manual repeats are certain, the
 * others recalled (standards §2.3): 幼儿园 2,200 m², 托儿所 200, 日间照料 350, 活动场地 150, 绿地 4,000 for new communities, parking one a household for new ones.
 *
 * - By facilities: at least half of a community's residents have one of the stated size within reach. A facility of unknown size passes. Radii:
 *   base/facilities/kinds.ts; where that has none, the 300 m of the five-minute circle.
 * - By register: columns of community_services. Beyond the contract's own, a column of the name given here is read where a file has it.
 * - Otherwise the item cannot be judged and is named.
 */
import type { Bilingual } from '../../core/bilingual.ts';

interface SizedKind {
  readonly kind: string;
  /** m² of floor or of ground; known to be less: does not count. */
  readonly leastFloorM2?: number;
  readonly leastM2?: number;
  /** So many of them; 1 unless said. */
  readonly leastCount?: number;
  /** Absent: that of the kind. */
  readonly radiusM?: number;
}

export type ItemRule =
  | { readonly by: 'facilities'; /** Any of these. */ readonly any: readonly SizedKind[]; /** And any of these. */ readonly also?: readonly SizedKind[] }
  /** A flag of community_services: yes meets it. The first column a file has. */
  | { readonly by: 'flag'; readonly columns: readonly string[] }
  /** Parking places for every household, and a charging point. */
  | { readonly by: 'parking' };

export interface CompleteItem {
  readonly number: number;
  readonly label: Bilingual;
  readonly rule: ItemRule;
}

const item = (number: number, zh: string, en: string, rule: ItemRule): CompleteItem => ({ number, label: { zh, en }, rule });
const near = (...any: readonly SizedKind[]): ItemRule => ({ by: 'facilities', any });
const flag = (...columns: readonly string[]): ItemRule => ({ by: 'flag', columns });

/** New communities (built after 2018) need this much of item 15. */
export const NEW_GREEN_M2 = 4000;

export const COMPLETE_ITEMS: readonly CompleteItem[] = [
  item(1, '社区综合服务站', 'Community service station', near({ kind: 'community-service-station', leastFloorM2: 800 })),
  item(2, '幼儿园', 'Kindergarten', near({ kind: 'kindergarten', leastFloorM2: 2200 })),
  item(3, '托儿所', 'Infant care', near({ kind: 'nursery', leastFloorM2: 200 })),
  item(4, '老年服务站', 'Services for the elderly', near({ kind: 'elderly-day-care', leastFloorM2: 350 })),
  item(5, '社区卫生服务站', 'Community health station', near({ kind: 'community-health-station', leastFloorM2: 120 }, { kind: 'community-health-centre' })),
  item(6, '综合超市', 'Supermarket, or two convenience stores', near({ kind: 'shopping-centre', leastFloorM2: 300 }, { kind: 'market', leastFloorM2: 300 }, { kind: 'convenience-store', leastCount: 2 })),
  item(7, '邮件和快件寄递服务设施', 'Parcel point', near({ kind: 'parcel-locker' })),
  item(8, '其他便民商业网点', 'Other neighbourhood shops', near({ kind: 'community-shop' })),
  item(9, '水、电、路、气、热、信等设施', 'Water, power, roads, gas, heat, telecoms', flag('utilities', '水电路气热信')),
  item(10, '停车及充电设施', 'Parking and charging', { by: 'parking' }),
  item(11, '慢行系统', 'Ways on foot, a bus stop', near({ kind: 'bus-stop' })),
  item(12, '无障碍设施', 'Barrier-free', flag('barrier_free', '无障碍设施')),
  item(13, '环境卫生设施', 'Refuse station and public toilet', { by: 'facilities', any: [{ kind: 'refuse-station', leastM2: 120 }], also: [{ kind: 'public-toilet', leastFloorM2: 30 }] }),
  item(14, '公共活动场地', 'Activity ground', near({ kind: 'fitness-ground', leastM2: 150 }, { kind: 'playground', leastM2: 150 }, { kind: 'small-sports-ground', leastM2: 150 })),
  item(15, '公共绿地', 'Public green', near({ kind: 'park', radiusM: 300 })),
  item(16, '物业服务', 'Property management', flag('property_mgmt')),
  item(17, '物业管理服务平台', 'Property management platform', flag('property_platform', '物业管理服务平台')),
  item(18, '管理机制', 'Joint governance', flag('governance', '管理机制')),
  item(19, '综合管理服务', 'Integrated management', flag('integrated_management', '综合管理服务')),
  item(20, '社区文化', 'Community culture', flag('community_culture', '社区文化')),
];
