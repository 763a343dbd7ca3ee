// What the planners of import.cpp share: the rows of the school as an import would leave them. A line that is fine changes these rows
// and marks them; a line that is not touches none, so that saving the marked rows is exactly what the dry run said.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/school.h"
#include "ports/store.h"
#include "workflow/import.h"
#include "workflow/memberships.h"

namespace shide::workflow {

/// Rows by id, and which of them are to be saved.
template <class T>
class Shelf {
 public:
  void fill(std::vector<T> rows) {
    for (T& row : rows) rows_.emplace(row.id.value, std::move(row));
  }
  const std::map<std::string, T>& rows() const { return rows_; }
  const T* find(const std::string& id) const {
    auto found = rows_.find(id);
    return found == rows_.end() ? nullptr : &found->second;
  }
  /// To be changed, hence saved.
  T& change(const std::string& id) {
    marked_.insert(id);
    return rows_.at(id);
  }
  T& add(T row) {
    std::string id = row.id.value;
    marked_.insert(id);
    return rows_.insert_or_assign(id, std::move(row)).first->second;
  }
  const std::set<std::string>& marked() const { return marked_; }

 private:
  std::map<std::string, T> rows_;
  std::set<std::string> marked_;
};

struct ImportTask {
  ports::Unit& unit;
  const model::Actor& actor;
  const ImportList& list;
  std::string school_year;
  Date today;
  FreshIds& ids;
};

/// One kind of list. Used for one transaction.
class ImportPlanner {
 public:
  explicit ImportPlanner(const ImportTask& task) : task_(task) {}
  virtual ~ImportPlanner() = default;

  /// Reads the school.
  virtual Result<void> load() = 0;
  virtual void plan(const ImportLine& line) = 0;
  /// What is to be said of the whole.
  virtual void finish() {}
  /// Saves the marked rows.
  virtual Result<void> save() = 0;

  std::vector<PlannedLine> lines;
  std::vector<Phrase> aside;

 protected:
  const std::string& cell(const ImportLine& line, std::string_view field) const { return task_.list.cell(line, field); }
  PlannedLine& current() { return lines.back(); }
  void block(std::string_view field, Phrase reason, Phrase advice) { current().notes.push_back({std::string(field), true, std::move(reason), std::move(advice)}); }
  void remark(std::string_view field, Phrase reason, Phrase advice) { current().notes.push_back({std::string(field), false, std::move(reason), std::move(advice)}); }
  bool is_blocked() { return std::any_of(current().notes.begin(), current().notes.end(), [](const ImportNote& note) { return note.blocks; }); }
  /// "学科：语文 → 数学"
  void changes(std::string_view field, const std::string& before, const std::string& after);
  /// One line, not too long; blocks and gives nothing otherwise.
  std::string checked(const ImportLine& line, std::string_view field, std::size_t most);
  /// "1.38E+10": digits that a text file has lost.
  bool is_shortened(const ImportLine& line, std::string_view field);

  /// The one teacher whom a cell names by name or staff number; blocks otherwise.
  const model::Teacher* teacher_named(std::string_view field, const std::string& name);
  const model::SchoolClass* class_named(const std::string& name) const;
  /// The same, and blocks when there is none.
  const model::SchoolClass* class_wanted(std::string_view field, const std::string& name);
  const model::GradeGroup* group_named(const std::string& name) const;

  /// A new group of this school year, told aside at the end; a grade's is called as the house calls it. Gives its id.
  std::string make_group(const std::string& name, std::optional<int> grade);
  void tell_new_groups();

  Result<void> load_order();
  Result<void> save_order();

  const ImportTask& task_;
  Shelf<model::GradeGroup> groups_;
  Shelf<model::SchoolClass> classes_;
  Shelf<model::Teacher> teachers_;

 private:
  std::vector<std::string> made_groups_;
};

std::unique_ptr<ImportPlanner> staff_planner(const ImportTask& task);
std::unique_ptr<ImportPlanner> class_planner(const ImportTask& task);
std::unique_ptr<ImportPlanner> student_planner(const ImportTask& task);
std::unique_ptr<ImportPlanner> guardian_planner(const ImportTask& task);
std::unique_ptr<ImportPlanner> teaching_planner(const ImportTask& task);

}  // namespace shide::workflow
