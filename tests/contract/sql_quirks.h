// What is particular to the two databases, for the suites that run on them.
#pragma once

#include <map>
#include <set>
#include <string>

#include "contract/store_contract.h"
#include "store_sql/sql_store.h"

namespace shide::testing {

class SqlQuirks : public StoreQuirks {
 public:
  bool is_shared() const override { return true; }
  /// A store over a new database without any step taken.
  virtual std::unique_ptr<ports::Store> open_bare(const Clock& clock) = 0;
  std::unique_ptr<ports::Store> open_empty(const Clock& clock) override;
  /// Behind the store's back.
  virtual void execute(const std::string& sql) = 0;
  /// "name TEXT" or "name BIGINT null" for each column of a table.
  virtual std::set<std::string> columns_of(const std::string& table) = 0;
};

class SqliteQuirks : public SqlQuirks {
 public:
  SqliteQuirks();
  ~SqliteQuirks() override;
  std::string name() const override { return "Sqlite"; }
  std::unique_ptr<ports::Store> open_bare(const Clock& clock) override;
  std::unique_ptr<ports::Store> open_again(const Clock& clock) override;
  void execute(const std::string& sql) override;
  std::set<std::string> columns_of(const std::string& table) override;
  std::string path() const;

 private:
  std::string folder_;
  int number_ = 0;
};

class PostgresqlQuirks : public SqlQuirks {
 public:
  std::string name() const override { return "Postgresql"; }
  std::optional<std::string> missing() const override;
  std::unique_ptr<ports::Store> open_bare(const Clock& clock) override;
  std::unique_ptr<ports::Store> open_again(const Clock& clock) override;
  bool has_server() const override { return true; }
  bool restart() override;
  void cut_connections() override;
  void execute(const std::string& sql) override;
  std::set<std::string> columns_of(const std::string& table) override;

 private:
  std::string schema() const { return "case_" + std::to_string(number_); }
  std::string connection() const;
  int number_ = 0;
};

}  // namespace shide::testing
