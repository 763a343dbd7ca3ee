// What is particular to the two databases, for the suites that run on them.
#pragma once

#include <map>
#include <set>
#include <string>

#include "contract/store_contract.h"
#include "ports/cipher.h"
#include "store_sql/sql_store.h"
#include "support/temporary_folder.h"

namespace shide::testing {

/// Sealed by key files in a folder of its own, which lives as long as the program.
ports::FieldCipher& file_cipher();

class SqlQuirks : public StoreQuirks {
 public:
  bool is_shared() const override { return true; }
  /// A store over a new database without any step taken.
  virtual std::unique_ptr<ports::Store> open_bare(const Clock& clock) = 0;
  std::unique_ptr<ports::Store> open_empty(const Clock& clock) override;
  /// The same database with other keys.
  virtual std::unique_ptr<ports::Store> open_with(ports::FieldCipher& cipher, const Clock& clock) = 0;
  std::unique_ptr<ports::Store> open_again(const Clock& clock) override { return open_with(file_cipher(), clock); }
  /// Behind the store's back.
  virtual void execute(const std::string& sql) = 0;
  /// Files and folders in which everything is kept, written out; none when they cannot be read.
  virtual std::vector<std::string> files() = 0;
  /// What stands in a column, whoever may read it.
  virtual std::vector<std::string> texts_of(const std::string& table, const std::string& column) = 0;
  /// "name TEXT" or "name BIGINT null" for each column of a table.
  virtual std::set<std::string> columns_of(const std::string& table) = 0;
};

class SqliteQuirks : public SqlQuirks {
 public:
  std::string name() const override { return "Sqlite"; }
  std::unique_ptr<ports::Store> open_bare(const Clock& clock) override;
  std::unique_ptr<ports::Store> open_with(ports::FieldCipher& cipher, const Clock& clock) override;
  void execute(const std::string& sql) override;
  std::vector<std::string> files() override;
  std::vector<std::string> texts_of(const std::string& table, const std::string& column) override;
  std::set<std::string> columns_of(const std::string& table) override;
  std::string path() const;

 private:
  TemporaryFolder folder_{"shide-store"};
  int number_ = 0;
};

class PostgresqlQuirks : public SqlQuirks {
 public:
  std::string name() const override { return "Postgresql"; }
  std::optional<std::string> missing() const override;
  std::unique_ptr<ports::Store> open_bare(const Clock& clock) override;
  std::unique_ptr<ports::Store> open_with(ports::FieldCipher& cipher, const Clock& clock) override;
  bool has_server() const override { return true; }
  bool restart() override;
  void cut_connections() override;
  void execute(const std::string& sql) override;
  std::vector<std::string> files() override;
  std::vector<std::string> texts_of(const std::string& table, const std::string& column) override;
  std::set<std::string> columns_of(const std::string& table) override;

 private:
  std::string schema() const { return "case_" + std::to_string(number_); }
  std::string connection() const;
  int number_ = 0;
};

}  // namespace shide::testing
