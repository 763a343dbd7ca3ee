// The one place where fields of children are closed on their way into a database and opened on their way out.
//
//     Sealing sealing(cipher);
//     sealing.close(session, shape_of<Guardian>(), row)   // before an INSERT or UPDATE: "s1:<data key>:<...>" instead of the name
//     sealing.open(session, shape_of<Guardian>(), rows)   // after a SELECT; then what the reader's level hides is masked
//
// A row belongs to its pupil, and so does its data key; texts that tell of several pupils or of none have the school's. Data keys
// stand wrapped in the table `data_keys`; unwrapped ones are kept in memory, a bounded number. A row whose data key was destroyed
// reads as empty and cannot be written any more. Any thread may call; the Session is the caller's.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/shape.h"
#include "ports/cipher.h"
#include "ports/store.h"
#include "store_sql/session.h"

namespace shide::store_sql {

class Sealing {
 public:
  explicit Sealing(ports::FieldCipher& cipher) : cipher_(cipher) {}

  /// In a transaction that writes: a pupil's first row makes the data key. kInvalid when the key was destroyed.
  Result<model::RowValues> close(Session& session, const model::TableShape& table, const model::RowValues& row, Time now);
  Result<void> open(Session& session, const model::TableShape& table, std::vector<model::RowValues>& rows);

  /// Columns that the model seals but this database does not yet.
  Result<std::vector<std::string>> missing(Session& session) const;
  /// Seals them, in the transaction of a writer for all schools. Tells which tables held something.
  Result<std::vector<std::string>> close_missing(Session& session, Time now);
  /// Every key file that this database needs is there, is the right one, and the newest may still be used.
  Result<void> check_keys(Session& session);
  /// How many data keys each school key wraps, by its id.
  Result<std::map<std::string, std::int64_t>> wraps(Session& session) const;
  /// Makes the unwrapped key of a pupil impossible to find again.
  Result<void> destroy(Session& session, const std::string& school, const std::string& pupil, Time now);

  // --- Rotation, each step in a transaction of a writer for all schools ---
  /// Retires every data key, so that whatever is written from now on has a new one; goes on with an earlier rotation if that one
  /// was cut off. Gives the moment up to which keys are retired.
  Result<Time> retire_all(Session& session, Time now);
  /// Closes the next rows of one table by their current keys; gives the last id, empty at the end.
  Result<std::string> close_again(Session& session, const model::TableShape& table, const std::string& after, Time now, ports::Rotation& done,
                                  std::int64_t& looked);
  /// Nothing is closed by them any more: they go. Gives how many.
  Result<std::int64_t> drop_retired(Session& session, Time until);

  /// Opens everything of one table; gives the columns in which something does not open.
  Result<std::vector<std::string>> faults(Session& session, const model::TableShape& table);

 private:
  struct DataKey {
    std::string id;
    std::string bytes;  // empty: destroyed
  };
  struct Subject {
    std::string school, id;  // an empty id: the school itself
  };
  using Keys = std::map<std::string, DataKey, std::less<>>;  // by id

  static Result<Subject> subject_of(Session& session, const model::TableShape& table, const model::RowValues& row);
  /// The key that closes what is written now, made if there is none.
  Result<DataKey> current_key(Session& session, const Subject& subject, Time now);
  Result<DataKey> make_key(Session& session, const Subject& subject, Time now);
  /// Those that the envelopes of these rows name.
  Result<Keys> keys_of(Session& session, const model::TableShape& table, const std::vector<model::RowValues>& rows);
  Result<std::string> opened(const Keys& keys, const model::TableShape& table, const model::Column& column, const model::RowValues& row,
                             const std::string& envelope) const;
  Result<DataKey> unwrapped(const Row& row) const;
  Result<void> forget_destroyed(Session& session);
  void remember(const DataKey& key);
  Result<bool> close_table(Session& session, const model::TableShape& table, const std::vector<std::size_t>& columns, Time now);

  ports::FieldCipher& cipher_;
  mutable std::mutex mutex_;
  Keys remembered_;              // guarded by mutex_
  std::int64_t destroyed_ = 0;   // guarded by mutex_: how many keys were, when these were remembered
};

std::vector<model::TableShape> sealed_tables();

/// What the reader's level hides of values that came out of the database whole.
void mask_sealed(const model::TableShape& table, model::RowValues& row);

}  // namespace shide::store_sql
