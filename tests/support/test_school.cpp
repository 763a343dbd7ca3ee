#include "support/test_school.h"

#include <gtest/gtest.h>

#include "workflow/campaign.h"
#include "workflow/job.h"
#include "workflow/roster.h"
#include "workflow/run_outbox.h"
#include "workflow/visit.h"

namespace shide::testing {
namespace {

const char* const kStudents[] = {"丁小满", "王思源", "周可欣", "李沐阳", "陈一诺", "吴子墨", "郑佳怡", "冯浩然", "许明轩", "何雨桐", "沈嘉树", "韩若曦"};
const char* const kGuardians[] = {"丁建平", "周海明", "陈国庆", "郑爱民", "许长林", "沈玉芳"};

template <class T>
T expect(Result<T> result, const char* what) {
  if (!result) {
    std::string why = result.error().phrase.code + " " + result.error().detail;
    for (const Problem& problem : result.error().problems) why += "\n  " + problem.path + ": " + render(problem.phrase, Language::kChinese);
    throw std::runtime_error(std::string(what) + ": " + why);
  }
  return std::move(*result);
}

Time at(int day, int hour, int minute = 0) { return time_of(*make_date(2021, 1, day), hour, minute); }

}  // namespace

TestSchool::TestSchool() : EmptyHouse(at(13, 9)) {
  school_id = new_id<model::School>(clock->now());
  add_people();
}

void TestSchool::add_people() {
  Time now = clock->now();
  write([&](ports::Unit& unit) -> Result<void> {
    model::School school;
    school.id = school.school_id = school_id;
    school.name = "云陵市桐湖区青榆小学";
    school.short_name = "青榆小学";
    school.site_name = "工会网";
    school.section_name = "师德师风活动";
    school.demo = true;
    SHIDE_CHECK(unit.of<model::School>().save(school));
    model::GradeGroup group;
    group.id = grade_group = new_id<model::GradeGroup>(now);
    group.school_id = school_id;
    group.school_year = "2020-2021";
    group.name = "三年级组";
    group.grade = 3;
    auto teacher = [&](const std::string& name, int number) -> Result<model::Teacher> {
      model::Teacher one;
      one.id = new_id<model::Teacher>(now);
      one.school_id = school_id;
      one.staff_number = "0" + std::to_string(300 + number);
      one.name = name;
      one.grade_group_id = grade_group;
      SHIDE_CHECK(unit.of<model::Teacher>().save(one));
      model::Account account;
      account.id.value = one.id.value;
      account.school_id = school_id;
      account.login = one.staff_number;
      account.name = name;
      account.roles = {model::Role::kTeacher};
      account.teacher_id = one.id;
      account.password_hash = QuickCipher::hash_of("correct horse 9");
      SHIDE_CHECK(unit.of<model::Account>().save(account));
      return one;
    };
    const char* homerooms[] = {"沈若楠", "俞海燕", "顾晓岚", "陆文静", "施建国", "蒋思雨"};
    const char* companions[] = {"周静宜", "叶青", "白桦", "苏梅", "严冬生", "万里"};
    for (int i = 0; i < kClasses; ++i) {
      SHIDE_TRY(first, teacher(homerooms[i], 2 * i));
      SHIDE_TRY(second, teacher(companions[i], 2 * i + 1));
      homeroom.push_back(first);
      companion.push_back(second);
      model::SchoolClass one;
      one.id = new_id<model::SchoolClass>(now);
      one.school_id = school_id;
      one.school_year = "2020-2021";
      one.name = "三(" + std::to_string(i + 1) + ")班";
      one.grade_group_id = grade_group;
      one.homeroom_teacher_id = first.id;
      one.pupil_count = 2;
      SHIDE_CHECK(unit.of<model::SchoolClass>().save(one));
      classes.push_back(one);
      for (int pupil = 0; pupil < 2; ++pupil) {
        model::Student student;
        student.id = new_id<model::Student>(now);
        student.school_id = school_id;
        student.place = {"2020-2021", grade_group.value, one.id.value, ""};
        student.student_number = std::to_string(1000 + 2 * i + pupil);
        student.name = kStudents[2 * i + pupil];
        SHIDE_CHECK(unit.of<model::Student>().save(student));
        students.push_back(student);
      }
    }
    group.leader_id = companion[0].id;
    return unit.of<model::GradeGroup>().save(group);
  });
  office = add_staff("林婉如", model::Role::kStudentOffice, "student_office");
  editor = add_staff("赵文澜", model::Role::kUnionEditor, "union_editor");
  head = add_staff("梁启明", model::Role::kHead, "head");
  committee = add_staff("方志远", model::Role::kEthicsCommittee, "ethics_committee");
  hr = add_staff("秦岚", model::Role::kHr, "hr");
  auditor = add_staff("邵正", model::Role::kAuditor, "auditor");
  it_admin = add_staff("卓越", model::Role::kItAdmin, "it_admin");
}

void TestSchool::write(const std::function<Result<void>(ports::Unit&)>& work) {
  auto written = ports.store->transact(workflow::job_actor(school_id, "set_up"), "set_up", [&](ports::Unit& unit) -> Result<void> {
    SHIDE_CHECK(work(unit));
    return unit.audit("schools", school_id.value, "set_up", "");
  });
  if (!written) throw std::runtime_error("set_up: " + written.error().phrase.code + " " + written.error().detail);
}

model::Actor TestSchool::also(const model::Teacher& teacher, model::Role role) const {
  model::Actor actor = as(teacher);
  actor.roles.insert(role);
  return actor;
}

model::Actor TestSchool::add_staff(const char* name, model::Role role, const std::string& login) {
  model::Account account;
  account.id = new_id<model::Account>(clock->now());
  account.school_id = school_id;
  account.login = login;
  account.name = name;
  account.roles = {role};
  account.password_hash = QuickCipher::hash_of("correct horse 9");
  write([&](ports::Unit& unit) { return unit.of<model::Account>().save(account); });
  model::Actor actor;
  actor.account = account.id;
  actor.school = school_id;
  actor.name = name;
  actor.roles = {role};
  return actor;
}

model::Actor TestSchool::as(const model::Teacher& teacher) const {
  model::Actor actor;
  actor.account.value = teacher.id.value;
  actor.school = school_id;
  actor.teacher = teacher.id;
  actor.name = teacher.name;
  actor.roles = {model::Role::kTeacher};
  for (const auto& one : classes) {
    if (one.homeroom_teacher_id != teacher.id) continue;
    actor.classes.insert(one.id.value);
    actor.roles.insert(model::Role::kHomeroomTeacher);
  }
  if (teacher.id == companion[0].id) {
    actor.grade_groups.insert(grade_group.value);
    actor.roles.insert(model::Role::kGradeLeader);
  }
  return actor;
}

visit::CampaignForm TestSchool::plan() {
  visit::CampaignForm form;
  form.school_year = "2020-2021";
  form.term = "1";
  form.title = "2020—2021学年青榆小学百名教师“大走访”活动实施方案";
  form.other_title = "“大家访”活动";
  form.theme = "牵手千家万户，共助学生成长";
  form.plan_text = "一、活动主题\n\n牵手千家万户，共助学生成长。";
  form.issued_by = "云陵市桐湖区青榆小学";
  form.issued_on = "2021年1月12日";
  form.source = "本站原创";
  form.visit_from = "2021-01-23";
  form.visit_to = "2021-01-24";
  form.tentative = true;
  form.tentative_note = "如因疫情防控要求放假时间有改变，再根据具体情况确定";
  form.roster_due = "2021-01-20";
  form.upload_due = "2021-01-29";
  form.basis = {{"云陵市教育局关于“大家访”活动的通知", "云陵市教育局", ""}, {"桐湖区教育局师德行动实施意见", "桐湖区教育局", ""}};
  form.stages = {{"学校宣讲", "全体教师学习守则", "2021-01-13", "2021-01-13"}, {"选定一户", "班主任摸清情况", "", "2021-01-20"},
                 {"结伴走访", "两三位老师同行", "2021-01-23", "2021-01-24"}, {"写成手记", "记下听到的话", "", "2021-01-29"}};
  return form;
}

visit::RecordForm TestSchool::full_form(const std::string& name) {
  visit::RecordForm form;
  form.visited_at = "2021-01-23 15:00";
  form.mode = "home";
  form.narrative = name + "把三年的奖状按大小贴在门后。我们先说孩子爱提问，爸爸一直笑。说到周一常丢作业本，商量好周日晚上一起收书包。";
  form.reflection = "先说优点，家长才听得进不足。下周起每天放学看一眼书包，周五发一条短信。";
  form.topics = {"family_education", "policy"};
  form.no_demand = true;
  return form;
}

void TestSchool::announce_campaign() {
  auto saved = expect(workflow::save_campaign(ports, office, {}, 0, plan()), "save_campaign");
  campaign = saved.id;
  expect(workflow::announce_campaign(ports, office, campaign), "announce_campaign");
  roster = expect(workflow::roster_sheets(ports, office, campaign), "roster_sheets").front().roster.id;
}

void TestSchool::choose_everywhere() {
  for (int i = 0; i < kClasses; ++i) {
    workflow::ChosenStudentForm form{students[2 * i].id.value, i % 2 ? "1" : "2", kGuardians[i], "father", "1380000002" + std::to_string(i), "桐湖区青榆里" + std::to_string(i + 3) + "幢101室",
                                     {"left_behind_or_single_parent"}};
    visits.push_back(expect(workflow::choose_student(ports, as(homeroom[i]), campaign, classes[i].id, form), "choose_student").id);
  }
}

void TestSchool::hand_in_roster() {
  std::map<std::string, std::vector<std::string>> teams;
  for (int i = 0; i < kClasses; ++i) teams[classes[i].id.value] = {companion[i].id.value};
  auto sheet = expect(workflow::roster_sheet(ports, leader(), roster), "roster_sheet");
  expect(workflow::set_teams(ports, leader(), roster, sheet.roster.version, teams), "set_teams");
  expect(workflow::submit_roster(ports, leader(), roster), "submit_roster");
  expect(workflow::accept_roster(ports, office, roster), "accept_roster");
}

void TestSchool::start_visiting() {
  announce_campaign();
  choose_everywhere();
  hand_in_roster();
}

void TestSchool::hand_in(int index) {
  prepare(index);
  write_record(index);
  submit(index);
}

void TestSchool::prepare(int index) {
  clock->advance(at(22, 20) - clock->now());
  model::Actor writer = as(homeroom[index]);
  expect(workflow::arrange_visit(ports, writer, visits[index], {"2021-01-23 15:00", "home", "spoken", "granted", "granted"}), "arrange_visit");
  expect(workflow::save_preparation(ports, writer, visits[index], 0, "优点：爱提问。不足：周一常丢作业本。想问：谁陪写作业。", true), "save_preparation");
}

void TestSchool::write_record(int index) {
  clock->advance(at(24, 20, 30) - clock->now());
  model::Actor writer = as(homeroom[index]);
  visit::RecordForm form = full_form(students[2 * index].name);
  std::vector<workflow::DemandForm> demands;
  if (index == 0) {
    form.no_demand = false;
    demands.push_back({"", "我五点半才下班，课后服务能不能到六点？", "after_school", "", "", false});
  }
  expect(workflow::save_record(ports, writer, visits[index], 0, form, demands), "save_record");
  for (int slot = 1; slot <= 2; ++slot) {
    expect(workflow::add_photo(ports, writer, visits[index], slot, "JPEG:room " + std::to_string(index) + " " + std::to_string(slot)), "add_photo");
  }
  expect(workflow::confirm_record(ports, writer, visits[index]), "confirm_record");
  expect(workflow::confirm_record(ports, as(companion[index]), visits[index]), "confirm_record");
}

void TestSchool::submit(int index) { expect(workflow::submit_record(ports, as(homeroom[index]), visits[index]), "submit_record"); }

void TestSchool::accept(int index) {
  model::Actor reader = index == 0 ? office : leader();
  expect(workflow::review_record(ports, reader, visits[index], {true, "", "2", "21"}), "review_record");
}

void TestSchool::finish(int index) {
  hand_in(index);
  accept(index);
  run_jobs();
}

void TestSchool::finish_five() {
  for (int i = 0; i < 5; ++i) prepare(i);  // all on 22 January: the clock only goes on
  for (int i = 0; i < 5; ++i) {
    write_record(i);
    submit(i);
    accept(i);
  }
  run_jobs();
}

void TestSchool::run_jobs() { expect(workflow::run_outbox(ports), "run_outbox"); }

}  // namespace shide::testing
