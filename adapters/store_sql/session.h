// One connection with its kept statements, and the one transaction wrapper around all of them.
//
//     sessions.transact({true, school}, [&](Session& session) -> Result<void> {
//       SHIDE_TRY(changed, session.change(sql));
//       ...
//     });
//
// The wrapper begins so that no write race is lost, runs the closure again when the lock was taken or the connection had
// died, never after a commit whose outcome is unknown, and gives up with kBusy or kUnavailable within some ten seconds.
// Connections are made at first use, in the process that uses them, and never shared by two threads at a time.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/result.h"
#include "store_sql/dialect.h"
#include "store_sql/sql.h"

namespace shide::store_sql {

using Row = std::vector<model::Value>;

/// Not thread-safe: belongs to whoever took it from the pool. Errors carry the SQL's text or a state, never a value.
class Session {
 public:
  /// Throws Poco::Exception when the database does not answer.
  explicit Session(Dialect& dialect);
  ~Session();
  Session(const Session&) = delete;

  Result<std::vector<Row>> rows(const Sql& sql);
  /// The number of rows inserted, updated or deleted.
  Result<std::int64_t> change(const Sql& sql);
  /// A step of a migration: run once, not kept.
  Result<void> run_once(const std::string& text);

  /// The first fault since `clear_fault`; after one, a transaction can only be rolled back.
  Fault fault() const { return fault_; }
  void clear_fault() { fault_ = Fault::kNone; }

 private:
  struct Kept;
  Kept& kept(const Sql& sql);
  Error failed(const std::string& key, const std::string& text);

  Dialect& dialect_;
  Poco::Data::Session session_;
  std::map<std::string, std::unique_ptr<Kept>> kept_;  // by text and types
  Fault fault_ = Fault::kNone;
};

class Sessions {
 public:
  explicit Sessions(std::unique_ptr<Dialect> dialect);
  ~Sessions();

  using Work = std::function<Result<void>(Session&)>;
  /// Runs `work` in one transaction. Any thread; `work` may run more than once. An exception of `work` passes, rolled back.
  Result<void> transact(const Writer& writer, const Work& work);
  const Dialect& dialect() const { return *dialect_; }
  /// What a dialect does with its whole database, by a connection of its own.
  Result<void> with_dialect(const std::function<Result<void>(Dialect&)>& work);

 private:
  enum class Step { kDone, kAgain, kAgainElsewhere };
  struct Attempt {
    Result<void> answer;
    Step next;
  };
  Attempt attempt(const Writer& writer, const Work& work);
  Result<void> begin(Session& session, const Writer& writer, bool& begun) const;
  Attempt judge(Session& session, bool outcome_unknown, Error error);
  Result<std::unique_ptr<Session>> take();
  void give_back(std::unique_ptr<Session> session);
  void forget_idle();

  std::unique_ptr<Dialect> dialect_;
  std::timed_mutex one_writer_;
  std::mutex mutex_;
  std::condition_variable given_back_;
  std::vector<std::unique_ptr<Session>> idle_;  // guarded by mutex_
  int taken_ = 0;                               // guarded by mutex_
  int process_ = 0;                             // guarded by mutex_: who opened the idle ones
};

}  // namespace shide::store_sql
