// One SQL statement with its values, written from left to right so that $1, $2, ... first appear in ascending order: SQLite
// counts them by first use, PostgreSQL by number.
//
//     Sql sql("SELECT id FROM teachers WHERE school_id = ");
//     sql.bind(school).text(" AND duty = ").bind("in_post").gives(ColumnType::kText);
//
// The text never holds a value, so it may go to a log and is the key of a kept statement.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/shape.h"

namespace shide::store_sql {

struct Parameter {
  model::ColumnType type;
  model::Value value;
};

class Sql {
 public:
  Sql() = default;
  explicit Sql(std::string text) : text_(std::move(text)) {}

  Sql& text(std::string_view part) { text_ += part; return *this; }
  Sql& bind(model::ColumnType type, model::Value value) {
    parameters_.push_back({type, std::move(value)});
    text_ += "$" + std::to_string(parameters_.size());
    return *this;
  }
  Sql& bind(std::string value) { return bind(model::ColumnType::kText, std::move(value)); }
  Sql& bind(std::int64_t value) { return bind(model::ColumnType::kInteger, value); }
  /// The type of the next column of the answer.
  Sql& gives(model::ColumnType type) { columns_.push_back(type); return *this; }

  const std::string& text() const { return text_; }
  const std::vector<Parameter>& parameters() const { return parameters_; }
  const std::vector<model::ColumnType>& columns() const { return columns_; }

 private:
  std::string text_;
  std::vector<Parameter> parameters_;
  std::vector<model::ColumnType> columns_;
};

}  // namespace shide::store_sql
