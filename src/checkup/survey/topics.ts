/**
 * What the residents' survey asks about: 《城市体检工作手册（试行）》2025, 住宅 8, 小区 10, 街区 8, 城市 20. A survey file has one column a topic,
 * named by its id or by its Chinese name.
 */
import type { Bilingual } from '../../core/bilingual.ts';
import type { DimensionId } from '../model.ts';

export interface SurveyTopic {
  readonly id: string;
  readonly dimension: DimensionId;
  readonly name: Bilingual;
}

const of = (dimension: DimensionId, topics: readonly (readonly [id: string, zh: string, en: string])[]): SurveyTopic[] => topics.map(([id, zh, en]) => ({ id, dimension, name: { zh, en } }));

export const SURVEY_TOPICS: readonly SurveyTopic[] = [
  ...of('housing', [
    ['building-safety', '房屋与燃气安全', 'Safety of the building and its gas'],
    ['stairwell', '楼道安全', 'Safety of the stairs'],
    ['performance', '住宅性能', 'Performance of the home'],
    ['pipes', '管线管道', 'Pipes and lines'],
    ['age-friendly', '适老化', 'Fit for the elderly'],
    ['comfort', '居住舒适', 'Comfort'],
    ['digital-home', '数字家庭', 'Digital home'],
    ['energy', '住宅节能', 'Energy saving'],
  ]),
  ...of('community', [
    ['elderly-care', '养老服务', 'Care for the elderly'],
    ['infant-care', '托育服务', 'Infant care'],
    ['kindergarten', '幼儿园', 'Kindergarten'],
    ['primary-school', '小学', 'Primary school'],
    ['health-centre', '社区医疗', 'Community health'],
    ['daily-services', '便民服务', 'Daily services'],
    ['charging', '停车与充电', 'Parking and charging'],
    ['public-space', '公共活动场地', 'Public space'],
    ['waste-sorting', '垃圾分类', 'Waste sorting'],
    ['property-management', '物业管理', 'Property management'],
  ]),
  ...of('block', [
    ['secondary-school', '中学', 'Secondary school'],
    ['multi-sport', '多功能运动场地', 'Sports grounds'],
    ['culture-centre', '文化活动中心', 'Culture centre'],
    ['park', '公园绿地', 'Parks'],
    ['parking-order', '停车秩序', 'Order of parking'],
    ['safety-upkeep', '街道安全与维护', 'Safety and upkeep of streets'],
    ['events', '街区活动', 'Events'],
    ['commerce', '商业街区', 'Shops'],
  ]),
  ...of('city', [
    ['water', '水环境', 'Water'],
    ['air', '空气质量', 'Air'],
    ['greenway', '绿道', 'Greenways'],
    ['culture', '文化设施', 'Cultural facilities'],
    ['heritage-protection', '历史文化保护', 'Protection of heritage'],
    ['heritage-use', '历史文化活化利用', 'Use of heritage'],
    ['heritage-character', '城市风貌', 'Character of the city'],
    ['commute', '通勤', 'Commuting'],
    ['affordable-rental', '保障性租赁住房', 'Affordable rental homes'],
    ['housing-pressure', '住房负担', 'Burden of housing'],
    ['road-flow', '道路通畅', 'Flow on roads'],
    ['rail', '轨道交通', 'Urban rail'],
    ['accident-response', '事故处置', 'Response to accidents'],
    ['emergency-management', '应急管理', 'Emergency management'],
    ['ponding', '积水内涝', 'Ponding'],
    ['shelter', '避难场所', 'Shelters'],
    ['fire', '消防', 'Fire service'],
    ['smart-traffic', '智慧交通', 'Smart traffic'],
    ['smart-government', '智慧政务', 'Smart government'],
    ['smart-medical', '智慧医疗', 'Smart medicine'],
  ]),
];
