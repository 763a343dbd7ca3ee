// What the parts of the demo's generator share: ids from the seed, people by name, the files of schema/demo.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/info_file.h"
#include "base/text.h"
#include "ports/ports.h"
#include "workflow/demo_school.h"

namespace shide::workflow {

class DemoRows {
 public:
  explicit DemoRows(ports::Ports& ports_in) : ports(ports_in) {}

  ports::Ports& ports;
  Id<model::School> school;
  std::map<std::string, model::Teacher> teachers;          // by name; offices are no teachers
  std::map<std::string, model::Account> accounts;          // by name of the person
  std::map<std::string, model::GradeGroup> groups;         // by "2020-2021 一年级组"
  std::map<std::string, model::SchoolClass> classes;       // by "2020-2021 三(2)班"
  std::map<std::string, model::Visit> visits;              // by class, as above
  std::map<std::string, model::Campaign> campaigns;        // by school year
  std::map<std::string, InfoEntry> chosen;                 // pupils of people.info by class
  std::map<std::string, Id<model::Student>> chosen_ids;    // the same in the register
  std::vector<Id<model::Visit>> accepted;                  // for the jobs
  std::vector<Id<model::Visit>> submitted;
  std::string password_hash;

  /// The next id of the fixed seed; older `when`, smaller id.
  template <class T>
  Id<T> next(Time when) { return {seeded_uuid(when, ++count_, 0x5EED'2021'0124ull * 2654435761ull + count_)}; }

  /// A row of this school with a fresh id, saved in the transaction.
  template <class T>
  Result<T> keep(ports::Unit& unit, T row, Time when) {
    if (row.id.empty()) row.id = next<T>(when);
    row.school_id = school;
    SHIDE_CHECK(unit.of<T>().save(row));
    return row;
  }

  /// One transaction; ids are drawn outside the store's sight, so a second run of the closure starts from the same number.
  Result<void> write(const char* what, const std::function<Result<void>(ports::Unit&)>& work);

  static Result<InfoEntry> file(const char* name);
  static std::vector<std::string> words(const std::string& text);
  static Time time(const InfoEntry& entry, const char* key);                 // a missing one is 0
  static std::optional<Time> maybe_time(const InfoEntry& entry, const char* key);
  Result<model::Teacher> teacher(const std::string& name) const;
  Result<model::Account> account(const std::string& name) const;

 private:
  std::uint64_t count_ = 0;
};

/// The parts, in order; each expects those before it.
Result<void> add_demo_people(DemoRows& rows);
Result<void> add_demo_campaigns(DemoRows& rows);
Result<void> add_demo_visits(DemoRows& rows);
Result<void> add_demo_last_year(DemoRows& rows);
Result<void> add_demo_follow_up(DemoRows& rows);
Result<void> add_demo_section(DemoRows& rows);
Result<void> add_demo_ratings(DemoRows& rows);

}  // namespace shide::workflow
