#include "store_sql/session.h"

#include <Poco/Data/Statement.h>
#include <Poco/Nullable.h>
#include <unistd.h>

#include <chrono>
#include <deque>
#include <optional>
#include <thread>

namespace shide::store_sql {

using model::ColumnType;
using model::Value;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t kKeptStatements = 300;
constexpr int kSessions = 8;
constexpr auto kPatience = std::chrono::seconds(10);

using Text = Poco::Nullable<std::string>;
using Number = Poco::Nullable<Poco::Int64>;

std::string key_of(const Sql& sql) {
  std::string key = sql.text() + "\n";
  for (const Parameter& parameter : sql.parameters()) key += parameter.type == ColumnType::kInteger ? 'i' : 't';
  return key;
}

Error error_of(Fault fault, std::string detail) {
  switch (fault) {
    case Fault::kBusy: return {ErrorCode::kBusy, {"store.busy"}, std::move(detail)};
    case Fault::kLost:
    case Fault::kDown: return {ErrorCode::kUnavailable, {"store.unavailable"}, std::move(detail)};
    case Fault::kDuplicate: return {ErrorCode::kDuplicate, {"store.duplicate"}, std::move(detail)};
    case Fault::kNone:
    case Fault::kBug: break;
  }
  return internal_error(std::move(detail));
}

Error busy(std::string detail) { return error_of(Fault::kBusy, std::move(detail)); }

}  // namespace

/// A prepared statement with the places its values are bound from and its answer is read into. Poco keeps references to
/// them, so they never move.
struct Session::Kept {
  explicit Kept(Poco::Data::Session& session, const Sql& sql) : statement(session) {
    using namespace Poco::Data::Keywords;
    statement << sql.text();
    for (const Parameter& parameter : sql.parameters()) {
      if (parameter.type == ColumnType::kInteger) statement.addBind(use(numbers_in.emplace_back()));
      else statement.addBind(use(texts_in.emplace_back()));
    }
    for (ColumnType type : sql.columns()) {
      if (type == ColumnType::kInteger) statement.addExtract(into(numbers_out.emplace_back()));
      else statement.addExtract(into(texts_out.emplace_back()));
    }
  }

  std::size_t execute(const Sql& sql) {
    auto number = numbers_in.begin();
    auto text = texts_in.begin();
    for (const Parameter& parameter : sql.parameters()) {
      bool is_null = std::holds_alternative<std::monostate>(parameter.value);
      if (parameter.type == ColumnType::kInteger) {
        if (is_null) (number++)->clear();
        else *number++ = std::get<std::int64_t>(parameter.value);
      } else {
        if (is_null) (text++)->clear();
        else *text++ = std::get<std::string>(parameter.value);
      }
    }
    return statement.execute();
  }

  std::vector<Row> take_rows(const Sql& sql) {
    std::size_t count = sql.columns().front() == ColumnType::kInteger ? numbers_out.front().size() : texts_out.front().size();
    std::vector<Row> rows(count);
    auto number = numbers_out.begin();
    auto text = texts_out.begin();
    for (ColumnType type : sql.columns()) {
      for (std::size_t i = 0; i < count; ++i) {
        Value value;
        if (type == ColumnType::kInteger) {
          if (!(*number)[i].isNull()) value = std::int64_t{(*number)[i].value()};
        } else if (!(*text)[i].isNull()) {
          value = std::move((*text)[i].value());
        }
        rows[i].push_back(std::move(value));
      }
      if (type == ColumnType::kInteger) ++number;
      else ++text;
    }
    clear_values();
    return rows;
  }

  /// What was read or written does not stay in memory with the statement.
  void clear_values() {
    for (auto& column : numbers_out) column = {};
    for (auto& column : texts_out) column = {};
    for (auto& text : texts_in) text.clear();
  }

  Poco::Data::Statement statement;
  std::deque<Number> numbers_in;
  std::deque<Text> texts_in;
  std::deque<std::vector<Number>> numbers_out;
  std::deque<std::vector<Text>> texts_out;
};

Session::Session(Dialect& dialect) : dialect_(dialect), session_(dialect.open()) {}
Session::~Session() = default;

Session::Kept& Session::kept(const Sql& sql) {
  std::string key = key_of(sql);
  auto found = kept_.find(key);
  if (found == kept_.end()) {
    if (kept_.size() >= kKeptStatements) kept_.clear();
    found = kept_.emplace(key, std::make_unique<Kept>(session_, sql)).first;
  }
  return *found->second;
}

// Called while an exception is handled. A kept statement that failed once is dead.
Error Session::failed(const std::string& key, const std::string& text) {
  Fault fault = Fault::kBug;
  std::string detail;
  try {
    throw;
  } catch (const Poco::Exception& exception) {
    fault = dialect_.fault_of(exception, session_);
    detail = dialect_.detail_of(exception);
  }
  kept_.erase(key);
  if (fault_ == Fault::kNone) fault_ = fault;
  return error_of(fault, detail + " in: " + text);
}

Result<std::vector<Row>> Session::rows(const Sql& sql) {
  try {
    Kept& statement = kept(sql);
    statement.execute(sql);
    return statement.take_rows(sql);
  } catch (const Poco::Exception&) {
    return failed(key_of(sql), sql.text());
  }
}

Result<std::int64_t> Session::change(const Sql& sql) {
  try {
    Kept& statement = kept(sql);
    auto changed = static_cast<std::int64_t>(statement.execute(sql));
    statement.clear_values();
    return changed;
  } catch (const Poco::Exception&) {
    return failed(key_of(sql), sql.text());
  }
}

Result<void> Session::run_once(const std::string& text) {
  try {
    session_ << text, Poco::Data::Keywords::now;
    return {};
  } catch (const Poco::Exception&) {
    return failed({}, text);
  }
}

Sessions::Sessions(std::unique_ptr<Dialect> dialect) : dialect_(std::move(dialect)) {}

Sessions::~Sessions() { forget_idle(); }

Result<void> Sessions::with_dialect(const std::function<Result<void>(Dialect&)>& work) {
  try {
    return work(*dialect_);
  } catch (const Poco::Exception& exception) {
    return Error{ErrorCode::kUnavailable, {"store.unavailable"}, dialect_->detail_of(exception)};
  }
}

Result<void> Sessions::transact(const Writer& writer, const Work& work) {
  auto deadline = steady_clock::now() + kPatience;
  // One process needs no database to line its own writers up; waiting here is fair enough and costs no polling.
  std::unique_lock<std::timed_mutex> turn(one_writer_, std::defer_lock);
  if (writer.writes && dialect_->has_one_writer() && !turn.try_lock_until(deadline)) return busy("waited for this process's writer");
  bool moved = false;
  for (int round = 1;; ++round) {
    Attempt done = attempt(writer, work);
    if (done.next == Step::kDone || steady_clock::now() >= deadline) return std::move(done.answer);
    if (done.next == Step::kAgainElsewhere) {
      if (moved) return std::move(done.answer);
      moved = true;
    } else {
      std::this_thread::sleep_for(std::chrono::milliseconds(std::min(round, 3)));
    }
  }
}

// Everything that can go wrong on the way is looked at here: what the closure says itself is an answer, what the database
// says decides whether the closure may run again.
Sessions::Attempt Sessions::attempt(const Writer& writer, const Work& work) {
  Result<std::unique_ptr<Session>> taken = take();
  if (auto* error = taken.if_error()) return {std::move(*error), error->code == ErrorCode::kUnavailable ? Step::kAgainElsewhere : Step::kDone};
  std::unique_ptr<Session> session = std::move(*taken);
  session->clear_fault();
  bool begun = false;
  auto roll_back = [&] {
    bool alive = session->fault() != Fault::kLost && (!begun || session->run_once("ROLLBACK").ok());
    give_back(alive ? std::move(session) : nullptr);
  };
  if (Result<void> done = begin(*session, writer, begun); auto* error = done.if_error()) {
    Attempt failed = judge(*session, false, std::move(*error));
    roll_back();
    return failed;
  }
  Result<void> answer;
  try {
    answer = work(*session);
  } catch (...) {
    roll_back();
    throw;
  }
  if (session->fault() != Fault::kNone) {
    // Even if the closure swallowed it: the transaction is gone.
    Attempt failed = judge(*session, false, answer.ok() ? internal_error("an error of the database was not passed on") : std::move(*answer.if_error()));
    roll_back();
    return failed;
  }
  if (!answer.ok()) {
    roll_back();
    return {std::move(answer), Step::kDone};
  }
  Result<void> committed = session->run_once("COMMIT");
  if (auto* error = committed.if_error()) {
    Attempt failed = judge(*session, writer.writes, std::move(*error));
    roll_back();
    return failed;
  }
  give_back(std::move(session));
  return {{}, Step::kDone};
}

Result<void> Sessions::begin(Session& session, const Writer& writer, bool& begun) const {
  for (const Sql& sql : dialect_->begin(writer)) {
    if (sql.columns().empty()) SHIDE_CHECK(session.run_once(sql.text()));
    else SHIDE_CHECK(session.rows(sql));
    begun = true;
  }
  return {};
}

// A lost connection is replaced once; after a commit whose outcome is unknown nothing may run again.
Sessions::Attempt Sessions::judge(Session& session, bool outcome_unknown, Error error) {
  switch (session.fault()) {
    case Fault::kBusy: return {std::move(error), Step::kAgain};
    case Fault::kLost:
      // The others were opened before the same restart.
      forget_idle();
      return {std::move(error), outcome_unknown ? Step::kDone : Step::kAgainElsewhere};
    default: return {std::move(error), Step::kDone};
  }
}

Result<std::unique_ptr<Session>> Sessions::take() {
  {
    std::unique_lock lock(mutex_);
    if (process_ != getpid()) {
      // A forked child must not close what its parent still uses.
      for (auto& session : idle_) (void)session.release();
      idle_.clear();
      taken_ = 0;
      process_ = getpid();
    }
    if (!given_back_.wait_for(lock, kPatience, [&] { return taken_ < kSessions; })) return busy("all sessions are in use");
    ++taken_;
    if (!idle_.empty()) {
      std::unique_ptr<Session> session = std::move(idle_.back());
      idle_.pop_back();
      return session;
    }
  }
  try {
    return std::make_unique<Session>(*dialect_);
  } catch (const Poco::Exception& exception) {
    give_back(nullptr);
    return error_of(Fault::kDown, "opening: " + dialect_->detail_of(exception));
  } catch (...) {
    give_back(nullptr);
    throw;
  }
}

void Sessions::give_back(std::unique_ptr<Session> session) {
  std::lock_guard lock(mutex_);
  if (session) idle_.push_back(std::move(session));
  --taken_;
  given_back_.notify_one();
}

void Sessions::forget_idle() {
  std::vector<std::unique_ptr<Session>> forgotten;
  std::lock_guard lock(mutex_);
  if (process_ == getpid()) forgotten.swap(idle_);
}

}  // namespace shide::store_sql
