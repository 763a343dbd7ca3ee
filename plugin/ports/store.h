// Where everything is kept. One verb is one transaction:
//
//     return store.transact(actor, "accept_code", [&](Unit& unit) -> Result<CodeAcceptance> {
//       SHIDE_TRY(campaign, unit.of<Campaign>().load(id));
//       SHIDE_CHECK(unit.of<CodeAcceptance>().save(acceptance));
//       SHIDE_CHECK(unit.audit(acceptance, "campaign_id code_version"));
//       return acceptance;
//     });
//
// - The closure may run twice: ids, time, network, photos and keys stay outside it.
// - An error rolls everything back, an exception too (and is passed on). A unit that saves without an audit row fails.
// - Rows of protected nouns are read only with a Reach of their kind: what it does not grant does not exist (kNotFound), what
//   it grants masked comes masked and cannot be saved. Rows of other schools never appear.
// - A save checks the version it was loaded with: kStale if somebody else was faster. Saving version 0 inserts; an id that
//   exists already gives kDuplicate.
// - Any thread may call; a Unit belongs to its closure.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/result.h"
#include "model/shape.h"
#include "ports/cipher.h"

namespace shide::ports {

enum class Comparison { kEqual, kNotEqual, kLess, kAtLeast, kOneOf };

struct Condition {
  std::string column;
  Comparison comparison = Comparison::kEqual;
  std::vector<model::Value> values;  // one, or several for kOneOf (none: nothing matches)
};

struct Order {
  std::string column;  // "id" too
  bool descending = false;
};

/// What of a table is wanted. Without an order: by id, which is by age.
struct Selection {
  std::vector<Condition> conditions;
  std::vector<Order> orders;
  std::string after_id;    // only rows with a greater id: the cursor of a paged list, with order by id
  std::int64_t limit = 0;  // 0: no limit
};

/// Query<Visit>{}.where(&Visit::campaign_id, id).where(&Place::class_id, c).order_by(&Visit::appointment_at).limit(20)
template <class T>
class Query {
 public:
  template <class M, class V>
  Query& where(M T::*member, const V& value) { return add(model::column_of(member), Comparison::kEqual, {as_value<M>(value)}); }
  template <class V>
  Query& where(std::string model::Place::*member, const V& value) { return add(model::column_of(member), Comparison::kEqual, {model::to_value(value)}); }
  template <class M, class V>
  Query& where_not(M T::*member, const V& value) { return add(model::column_of(member), Comparison::kNotEqual, {as_value<M>(value)}); }
  template <class M, class V>
  Query& where_less(M T::*member, const V& value) { return add(model::column_of(member), Comparison::kLess, {as_value<M>(value)}); }
  template <class M, class V>
  Query& where_at_least(M T::*member, const V& value) { return add(model::column_of(member), Comparison::kAtLeast, {as_value<M>(value)}); }
  template <class M, class V>
  Query& where_one_of(M T::*member, const std::vector<V>& values) {
    std::vector<model::Value> list;
    for (const V& value : values) list.push_back(as_value<M>(value));
    return add(model::column_of(member), Comparison::kOneOf, std::move(list));
  }
  template <class M>
  Query& order_by(M T::*member, bool descending = false) {
    selection_.orders.push_back({model::column_of(member), descending});
    return *this;
  }
  Query& newest_first() { selection_.orders.push_back({"id", true}); return *this; }
  Query& after(std::string id) { selection_.after_id = std::move(id); return *this; }
  Query& limit(std::int64_t count) { selection_.limit = count; return *this; }
  const Selection& selection() const { return selection_; }

 private:
  template <class M, class V>
  static model::Value as_value(const V& value) {
    if constexpr (std::is_convertible_v<V, M>) return model::to_value(static_cast<M>(value));
    else return model::to_value(value);
  }
  Query& add(std::string column, Comparison comparison, std::vector<model::Value> values) {
    selection_.conditions.push_back({std::move(column), comparison, std::move(values)});
    return *this;
  }
  Selection selection_;
};

class Unit;

/// The rows of one noun, within one unit of work.
template <class T>
class Collection {
  static constexpr bool kProtected = model::Table<T>::kind != model::DataKind::kNone;

 public:
  explicit Collection(Unit& unit) : unit_(unit) {}

  Result<T> load(const Id<T>& id) requires(!kProtected) { return load_by_id(id, nullptr); }
  Result<T> load(const Id<T>& id, const model::Reach& reach) requires(kProtected) { return load_by_id(id, &reach); }
  Result<std::vector<T>> list(const Query<T>& query) requires(!kProtected) { return select(query, nullptr); }
  Result<std::vector<T>> list(const Query<T>& query, const model::Reach& reach) requires(kProtected) { return select(query, &reach); }
  /// The first row, or kNotFound.
  Result<T> first(const Query<T>& query) requires(!kProtected) { return only_first(query, nullptr); }
  Result<T> first(const Query<T>& query, const model::Reach& reach) requires(kProtected) { return only_first(query, &reach); }
  Result<std::int64_t> count(const Query<T>& query) requires(!kProtected);
  Result<std::int64_t> count(const Query<T>& query, const model::Reach& reach) requires(kProtected);

  /// Inserts (version 0) or updates; the row's version is the new one afterwards.
  Result<void> save(T& row);
  Result<void> erase(const T& row);

 private:
  Result<T> load_by_id(const Id<T>& id, const model::Reach* reach);
  Result<std::vector<T>> select(const Query<T>& query, const model::Reach* reach);
  Result<T> only_first(Query<T> query, const model::Reach* reach);
  Unit& unit_;
};

class Unit {
 public:
  virtual ~Unit() = default;

  template <class T>
  Collection<T> of() { return Collection<T>(*this); }

  /// Tells what was done to `row`: names of fields, and the reason the person gave, if any.
  template <class T>
  Result<void> audit(const T& row, std::string_view fields, std::string_view reason = {}) {
    return audit(model::Table<T>::name, row.id.value, fields, reason);
  }
  virtual Result<void> audit(std::string_view object_kind, std::string_view object_id, std::string_view fields, std::string_view reason) = 0;
  /// Something to do after the commit, once.
  virtual Result<void> enqueue(std::string_view topic, std::string_view object_id) = 0;
  /// A reader has opened a published post (S9). Needs no audit row.
  virtual Result<void> count_view(const Id<model::Post>& post) = 0;
  /// Makes every sealed field about this pupil unreadable for good, wherever the database was copied together with its keys' table
  /// as it is after this. The rows stay, empty where they were sealed; nothing sealed can be saved about the pupil any more.
  virtual Result<void> destroy_key(const Id<model::Student>& pupil) = 0;

 protected:
  template <class T>
  friend class Collection;
  virtual Result<std::vector<model::RowValues>> select(const model::TableShape& table, const Selection& selection, const model::Reach* reach) = 0;
  virtual Result<std::int64_t> count(const model::TableShape& table, const Selection& selection, const model::Reach* reach) = 0;
  /// `row.version` 0 inserts version 1; otherwise updates exactly that version to the next. Refuses a row below kFull.
  virtual Result<void> save(const model::TableShape& table, const model::RowValues& row) = 0;
  virtual Result<void> erase(const model::TableShape& table, const model::RowValues& row) = 0;
};

/// A numbered step of schema/sql, and whether it was taken.
struct Migration {
  std::int64_t number = 0;
  std::string name;
  std::string sha256;
  bool applied = false;
};

/// A school key and how many data keys it wraps here.
struct KeyUse {
  SchoolKey key;
  std::int64_t wraps = 0;
};

/// What a rotation of the keys has come to.
struct Rotation {
  std::int64_t rows = 0;  // closed anew
  std::int64_t keys = 0;  // retired for good
};

class Store {
 public:
  virtual ~Store() = default;

  /// Runs `work` in a transaction that may write. The verb goes into the audit rows.
  template <class F>
  auto transact(const model::Actor& actor, std::string_view verb, F&& work) { return carry(actor, verb, true, std::forward<F>(work)); }

  /// Runs `work` on one consistent state; saving fails.
  template <class F>
  auto read(const model::Actor& actor, F&& work) { return carry(actor, "read", false, std::forward<F>(work)); }

  /// Every step with its state. An applied step whose text has changed since is an error.
  virtual Result<std::vector<Migration>> migrations() = 0;
  /// Takes the steps that are missing, under a lock; tells which.
  virtual Result<std::vector<Migration>> migrate() = 0;
  /// The database answers and every step is taken.
  virtual Result<void> ready() = 0;
  /// What the database finds wrong with itself, in its own words about tables and indexes, without a value; none when it is sound.
  virtual Result<std::vector<std::string>> faults() = 0;
  /// The keys that close what concerns pupils, the newest first; none where nothing is sealed.
  virtual Result<std::vector<KeyUse>> key_uses() = 0;
  /// Makes a new school key and closes everything anew by new data keys, a few rows at a time, while others read and write. Cut off,
  /// it goes on where it was when it is called again. `progress` is told how many rows were looked at.
  virtual Result<Rotation> rotate_keys(const std::function<void(std::int64_t)>& progress) = 0;
  /// A consistent copy of everything in one new file, while others go on writing. kConfiguration where the database has tools of
  /// its own for that.
  virtual Result<void> copy_to(const std::string& path) = 0;
  /// Becomes what such a file holds. kDuplicate when there is a database already: nothing is overwritten.
  virtual Result<void> take_copy(const std::string& path) = 0;

 protected:
  virtual Result<void> run(const model::Actor& actor, std::string_view verb, bool writes, const std::function<Result<void>(Unit&)>& work) = 0;

 private:
  template <class F>
  auto carry(const model::Actor& actor, std::string_view verb, bool writes, F&& work) -> std::invoke_result_t<F, Unit&> {
    using Answer = std::invoke_result_t<F, Unit&>;
    if constexpr (std::is_same_v<Answer, Result<void>>) {
      return run(actor, verb, writes, work);
    } else {
      std::optional<typename Answer::Value> kept;
      Result<void> done = run(actor, verb, writes, [&](Unit& unit) -> Result<void> {
        kept.reset();
        Answer answer = work(unit);
        if (auto* error = answer.if_error()) return std::move(*error);
        kept.emplace(std::move(*answer));
        return {};
      });
      if (auto* error = done.if_error()) return std::move(*error);
      return std::move(*kept);
    }
  }
};

template <class T>
Result<T> Collection<T>::load_by_id(const Id<T>& id, const model::Reach* reach) {
  if (!is_uuid(id.value)) return not_found();
  Selection selection;
  selection.conditions.push_back({"id", Comparison::kEqual, {id.value}});
  selection.limit = 1;
  SHIDE_TRY(rows, unit_.select(model::shape_of<T>(), selection, reach));
  if (rows.empty()) return not_found();
  return model::from_values<T>(rows.front());
}

template <class T>
Result<std::vector<T>> Collection<T>::select(const Query<T>& query, const model::Reach* reach) {
  SHIDE_TRY(rows, unit_.select(model::shape_of<T>(), query.selection(), reach));
  std::vector<T> list;
  list.reserve(rows.size());
  for (const model::RowValues& row : rows) list.push_back(model::from_values<T>(row));
  return list;
}

template <class T>
Result<T> Collection<T>::only_first(Query<T> query, const model::Reach* reach) {
  SHIDE_TRY(rows, select(query.limit(1), reach));
  if (rows.empty()) return not_found();
  return std::move(rows.front());
}

template <class T>
Result<std::int64_t> Collection<T>::count(const Query<T>& query) requires(!kProtected) {
  return unit_.count(model::shape_of<T>(), query.selection(), nullptr);
}
template <class T>
Result<std::int64_t> Collection<T>::count(const Query<T>& query, const model::Reach& reach) requires(kProtected) {
  return unit_.count(model::shape_of<T>(), query.selection(), &reach);
}

template <class T>
Result<void> Collection<T>::save(T& row) {
  SHIDE_CHECK(unit_.save(model::shape_of<T>(), model::to_values(row)));
  ++row.version;
  return {};
}

template <class T>
Result<void> Collection<T>::erase(const T& row) {
  return unit_.erase(model::shape_of<T>(), model::to_values(row));
}

}  // namespace shide::ports
