// The XML parts of an .xlsx, each by one SAX handler. They go by local names, since the two editions of the standard differ only in
// their namespaces. A document type is refused, as in part_reader.h.
#pragma once

#include <Poco/SAX/DefaultHandler.h>
#include <Poco/SAX/LexicalHandler.h>

#include <istream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "office_files/table_cells.h"

namespace shide::office_files {

/// What is common: stopping, refusing a document type, gathering the text of an element.
class SheetPart : public Poco::XML::DefaultHandler, public Poco::XML::LexicalHandler {
 public:
  /// Reads to the end or until stopped; false for what is not well formed, or has a document type.
  bool parse(std::istream& in);

  void startDTD(const Poco::XML::XMLString& name, const Poco::XML::XMLString& public_id, const Poco::XML::XMLString& system_id) override;
  void endDTD() override {}
  void startEntity(const Poco::XML::XMLString& name) override { (void)name; }
  void endEntity(const Poco::XML::XMLString& name) override { (void)name; }
  void startCDATA() override {}
  void endCDATA() override {}
  void comment(const Poco::XML::XMLChar text[], int start, int length) override { (void)text, (void)start, (void)length; }
  void startElement(const Poco::XML::XMLString& uri, const Poco::XML::XMLString& local, const Poco::XML::XMLString& qname,
                    const Poco::XML::Attributes& attributes) override;
  void endElement(const Poco::XML::XMLString& uri, const Poco::XML::XMLString& local, const Poco::XML::XMLString& qname) override;
  void characters(const Poco::XML::XMLChar text[], int start, int length) override;

 protected:
  virtual void begin(const std::string& element, const Poco::XML::Attributes& attributes) = 0;
  virtual void end(const std::string& element) { (void)element; }
  /// The characters from now on belong to `into`; null: to nobody. Never more than a cell can show.
  void gather(std::string* into) { into_ = into; }
  void stop();

 private:
  std::istream* in_ = nullptr;
  std::string* into_ = nullptr;
  bool document_type_ = false;
  bool stopped_ = false;
};

/// An attribute by its local name; empty when there is none.
std::string attribute_of(const Poco::XML::Attributes& attributes, std::string_view name);

/// xl/workbook.xml: the tabs in their order.
class WorkbookPart : public SheetPart {
 public:
  struct Tab {
    std::string name, relation;
  };
  std::vector<Tab> tabs;
  bool from_1904 = false;  // the day that day 0 is, as old Macs had it

 private:
  void begin(const std::string& element, const Poco::XML::Attributes& attributes) override;
};

/// xl/_rels/workbook.xml.rels: relation -> the name of a part.
class RelationsPart : public SheetPart {
 public:
  std::map<std::string, std::string> targets;

 private:
  void begin(const std::string& element, const Poco::XML::Attributes& attributes) override;
};

/// xl/sharedStrings.xml.
class SharedStringsPart : public SheetPart {
 public:
  std::vector<std::string> strings;
  bool too_long = false;

 private:
  void begin(const std::string& element, const Poco::XML::Attributes& attributes) override;
  void end(const std::string& element) override;
  std::string text_;
  std::size_t bytes_ = 0;
  int phonetic_ = 0;  // inside the reading beside a word
};

/// xl/styles.xml: which cell styles show a date.
class StylesPart : public SheetPart {
 public:
  std::vector<bool> is_date;  // by the number that a cell names

 private:
  void begin(const std::string& element, const Poco::XML::Attributes& attributes) override;
  void end(const std::string& element) override;
  std::set<std::string> date_formats_;  // numbers of the file's own
  bool in_cell_styles_ = false;
};

/// xl/worksheets/sheetN.xml, into `cells`.
class WorksheetPart : public SheetPart {
 public:
  /// REQUIRES: all outlive it.
  WorksheetPart(Cells& cells, const std::vector<std::string>& strings, const std::vector<bool>& is_date, bool from_1904)
      : cells_(cells), strings_(strings), is_date_(is_date), from_1904_(from_1904) {}

 private:
  void begin(const std::string& element, const Poco::XML::Attributes& attributes) override;
  void end(const std::string& element) override;
  std::string shown() const;

  Cells& cells_;
  const std::vector<std::string>& strings_;
  const std::vector<bool>& is_date_;
  bool from_1904_;
  std::size_t row_ = 0, column_ = 0;  // of the cell under way, from 0
  std::size_t next_row_ = 0, next_column_ = 0;
  std::string type_, value_, inline_text_;
  std::size_t style_ = 0;
  int phonetic_ = 0;
};

/// "13812345678" of "1.3812345678E10": a number with all its digits. What is no number comes back as it is.
std::string plain_digits(std::string_view number);

/// The day of a number as spreadsheets count them, "2021-01-23", with the time of day if there is one; the number itself when no day.
std::string day_of_number(std::string_view number, bool from_1904);

/// True for a number format that shows a day or a time: not for General, "0.00", or a colour in brackets.
bool shows_date(std::string_view format);

}  // namespace shide::office_files
