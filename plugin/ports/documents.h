// Files that people open in an office program. What stands in a cell is text and stays text: nothing of it is ever reckoned with.
//
//     documents.spreadsheet({"Archives", {"Name", "Month"}, {{"=1+1", "2021-01"}}})  ->  the bytes of an .xlsx that shows =1+1
//     documents.docx("Our visits", {"One paragraph."})  ->  the bytes of a .docx
//     documents.form_docx(annex3)  ->  the same as a table in the bytes of a .docx, form_pdf of a .pdf
//     documents.archive({{"post.html", "<p>...</p>"}})  ->  the bytes of a .zip
//     documents.read_form(uploaded)  ->  {"018f...", "", {{"class", "3(1)", "pupil", "Ding"}, {"the visit", "..."}}}
//     documents.read_docx(uploaded)  ->  {kBody, "..."}, {kTable, "..."}, {kDeleted, "..."}, {kAuthor, "..."}
//
// A document is only read, never changed: what leaves the house is made anew from its text. Errors of read_docx and read_form carry one Problem
// with the path "document":
//
//     document.not_docx   kUnsupportedMedia  anything but the .docx of a word processor
//     document.old_doc    kUnsupportedMedia  a .doc of before 2007, with advice
//     document.encrypted  kUnsupportedMedia  opens only with a password
//     document.too_large  kTooLarge          above kMaximumDocumentBytes; {size} and {limit} in MB
//     document.too_long   kTooLarge          more text than kMaximumDocumentText
//     document.bomb       kTooLarge          unpacks to far more than any document holds
//     document.broken     kInvalid           damaged, or not what its parts claim to be
//
// May be called from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace shide::ports {

struct Sheet {
  std::string name;  // on its tab; at most 31 characters without []:*?/\ (the format's own limit)
  std::vector<std::string> headings;
  std::vector<std::vector<std::string>> rows;
};

inline constexpr std::size_t kMaximumDocumentBytes = 10u << 20;
inline constexpr std::size_t kMaximumDocumentText = 1u << 20;  // bytes of UTF-8

/// Where in a document a passage stands. Whoever opens the file can read every one of them, seen on the page or not.
enum class DocumentPart {
  kBody, kTable, kTextBox, kHeader, kFooter, kFootnote, kEndnote,
  kComment, kDeleted, kHidden,              // beside the text, struck out, made invisible
  kAuthor, kCompany, kProperty, kAttachment  // who wrote and changed it, where, other properties, names of pictures, objects and links
};

struct DocumentPassage {
  DocumentPart part = DocumentPart::kBody;
  std::string text;  // one paragraph, cell or name a line; never empty
  bool operator==(const DocumentPassage&) const = default;
};

struct DocumentText {
  std::vector<DocumentPassage> passages;  // the text from top to bottom, then what stands around it
  std::size_t attachments = 0;            // pictures and objects inside, which are not read
};

/// A JPEG as it stands in the vault; width and height in pixels, as its bytes say.
struct Picture {
  std::string jpeg;
  std::int64_t width = 0, height = 0;
};

/// A box of a form: its label, and beside it what was written. Lines are apart by "\n".
struct FormBox {
  std::string label, text;
  std::vector<Picture> pictures;
  bool is_half = false;    // shares its row with the half box before or behind it
  std::size_t lines = 1;   // room to write by hand, at least
};

/// A form of the school as it is printed on A4, handed in, and filled in by hand.
struct PrintedForm {
  std::string corner;                   // above the title: "附件3"
  std::string title;
  std::string above;                    // between title and table: "学校：..."
  std::vector<FormBox> boxes;
  std::vector<std::string> signatures;  // a line to sign on behind each
  std::string foot;                     // who took it out, when and why: on each page
  std::string mark;                     // letters, digits, "-" and "_", not seen on the page: whose form it is when the file comes back
  std::string state;                    // not seen either: what the form was made from, in the words of whoever made it
};

/// A document as it comes back: its tables row by row, what is struck out or hidden left out.
struct FilledForm {
  std::string mark, state;                     // empty where another program has dropped them
  std::vector<std::vector<std::string>> rows;  // of all tables in their order; a cell's paragraphs apart by "\n"
};

/// One file of an archive; the name without folders, in ASCII.
struct ArchivedFile {
  std::string name;
  std::string bytes;
};

class Documents {
 public:
  virtual ~Documents() = default;
  virtual Result<std::string> spreadsheet(const Sheet& sheet) = 0;
  /// A heading (none when empty) and paragraphs; nothing else is in it: no author, no times.
  virtual Result<std::string> docx(std::string_view heading, const std::vector<std::string>& paragraphs) = 0;
  /// The mark stands in its properties and as a hidden bookmark of the table; no author, no times.
  virtual Result<std::string> form_docx(const PrintedForm& form) = 0;
  /// Long text goes on over the pages, the foot and the page's number on each. The mark is not in it.
  virtual Result<std::string> form_pdf(const PrintedForm& form) = 0;
  /// The same files give the same bytes.
  virtual Result<std::string> archive(const std::vector<ArchivedFile>& files) = 0;
  /// Never throws and never asks for more memory than the text takes, whatever the bytes are.
  virtual Result<DocumentText> read_docx(std::string_view bytes) = 0;
  /// As read_docx, of a form that was taken out and filled in elsewhere.
  virtual Result<FilledForm> read_form(std::string_view bytes) = 0;
};

}  // namespace shide::ports
