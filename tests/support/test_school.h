// A small school with everybody the story needs: grade three with six classes, each with a homeroom teacher and a companion,
// the grade leader among them, the offices. People act through `as`, who has the roles sign-in would give.
//
//     TestSchool school;
//     school.start_visiting();
//     auto record = school.write_record(0);        // the visit of the first class
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "support/empty_house.h"
#include "visit/campaign_rules.h"
#include "visit/record_rules.h"
#include "workflow/record.h"

namespace shide::testing {

class TestSchool : public EmptyHouse {
 public:
  static constexpr int kClasses = 6;

  TestSchool();

  Id<model::School> school_id;
  Id<model::GradeGroup> grade_group;
  std::vector<model::SchoolClass> classes;
  std::vector<model::Teacher> homeroom;    // of class i
  std::vector<model::Teacher> companion;   // of class i; companion[0] leads the grade
  std::vector<model::Student> students;    // two a class: 2 * i and 2 * i + 1

  model::Actor office, editor, head, committee, hr, auditor, it_admin;
  model::Actor as(const model::Teacher& teacher) const;
  model::Actor leader() const { return as(companion[0]); }

  static visit::CampaignForm plan();
  /// A record form with nothing missing, told on 23 January; `name` stands in the narrative.
  static visit::RecordForm full_form(const std::string& name);

  Id<model::Campaign> campaign;
  Id<model::Roster> roster;
  std::vector<Id<model::Visit>> visits;    // by class, once chosen

  void announce_campaign();
  void choose_everywhere();
  void hand_in_roster();       // teams of two, handed in by the leader, accepted by the office
  void start_visiting();       // all of the above
  void prepare(int index);     // sealed and arranged on 22 January
  void write_record(int index);  // two photos, one demand in class 0, saved by the homeroom teacher, confirmed by both
  void submit(int index);
  void hand_in(int index);     // prepared, written and submitted
  void accept(int index);      // by whoever may: the leader, or the office for class 0 where the leader went
  /// All of the above for one class, and the jobs.
  void finish(int index);
  void finish_five();          // enough for a digest
  void run_jobs();

  /// Another colleague with an account and this role, signed in by `login`; who teaches is `also`.
  model::Actor add_staff(const char* name, model::Role role, const std::string& login);
  model::Actor also(const model::Teacher& teacher, model::Role role) const;
  /// Writes as the set-up does, past the verbs. Not from within: the store is at work then.
  void write(const std::function<Result<void>(ports::Unit&)>& work);
  /// One more row of this school.
  template <class T>
  T add(T row) {
    row.id = new_id<T>(clock->now());
    row.school_id = school_id;
    row.version = 0;
    write([&](ports::Unit& unit) { return unit.of<T>().save(row); });
    return row;
  }
  /// Changes every row for which `change` says that it did.
  template <class T>
  void amend(const std::function<bool(T&)>& change) {
    std::vector<T> all = rows<T>();
    write([&](ports::Unit& unit) -> Result<void> {
      for (T& row : all) {
        if (change(row)) SHIDE_CHECK(unit.of<T>().save(row));
      }
      return {};
    });
  }
  /// The rows of a table, as they are stored.
  template <class T>
  std::vector<T> rows() const {
    std::vector<T> list;
    MemoryStore::Tables tables = store->tables();
    for (const auto& [id, row] : tables[std::string(model::Table<T>::name)]) list.push_back(model::from_values<T>(row));
    return list;
  }

 private:
  void add_people();
};

}  // namespace shide::testing
