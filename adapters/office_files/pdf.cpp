#include "office_files/pdf.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>

namespace shide::office_files {
namespace {

using ports::FormBox;
using ports::Picture;
using ports::PrintedForm;
using ports::PrintedTable;

// Points, 72 an inch. A4 with a margin of 2 cm; the columns are label, text, label, text, as in the .docx.
constexpr double kPageWidth = 595.28, kPageHeight = 841.89, kMargin = 56.7;
constexpr double kWidth = kPageWidth - 2 * kMargin, kLabel = 75, kText = kWidth / 2 - kLabel;
constexpr double kPadding = 5, kFootHeight = 28, kBottom = kPageHeight - kMargin - kFootHeight;
constexpr double kPictureWidth = 192, kPictureHeight = 150;
constexpr double kBody = 10.5, kTitle = 16, kSmall = 8;

struct Free {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* pen) const { cairo_destroy(pen); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

cairo_status_t append(void* bytes, const unsigned char* data, unsigned length) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

/// Text broken into lines of a width, to be drawn line by line.
class Lines {
 public:
  Lines(cairo_t* pen, const std::string& text, double width, double size, bool is_centred, bool is_bold = false) : layout_(pango_cairo_create_layout(pen)) {
    Owned<PangoFontDescription> font(pango_font_description_from_string("Noto Serif CJK SC"));
    pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
    if (is_bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout_.get(), font.get());
    pango_layout_set_width(layout_.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout_.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_spacing(layout_.get(), static_cast<int>(size * 0.25 * PANGO_SCALE));
    if (is_centred) pango_layout_set_alignment(layout_.get(), PANGO_ALIGN_CENTER);
    pango_layout_set_text(layout_.get(), text.data(), static_cast<int>(text.size()));
  }

  int count() const { return pango_layout_get_line_count(layout_.get()); }
  /// Of the lines from `first` on, those that fit into `height`; at least none.
  int fitting(int first, double height) const {
    int fit = 0;
    while (first + fit < count() && bottom(first + fit) - top(first) <= height) ++fit;
    return fit;
  }
  double height(int first, int lines) const { return lines > 0 ? bottom(first + lines - 1) - top(first) : 0; }

  void draw(cairo_t* pen, double x, double y, int first, int lines) const {
    double above = top(first);
    PangoLayoutIter* at = pango_layout_get_iter(layout_.get());
    for (int i = 0; i < first + lines; ++i, pango_layout_iter_next_line(at)) {
      if (i < first) continue;
      PangoRectangle box;
      pango_layout_iter_get_line_extents(at, nullptr, &box);
      cairo_move_to(pen, x + pango_units_to_double(box.x), y - above + pango_units_to_double(pango_layout_iter_get_baseline(at)));
      pango_cairo_show_layout_line(pen, pango_layout_iter_get_line_readonly(at));
    }
    pango_layout_iter_free(at);
  }

 private:
  double top(int line) const { return edge(line, false); }
  double bottom(int line) const { return edge(line, true); }
  double edge(int line, bool is_bottom) const {
    PangoRectangle box{};
    PangoLayoutIter* at = pango_layout_get_iter(layout_.get());
    for (int i = 0; i < line; ++i) pango_layout_iter_next_line(at);
    pango_layout_iter_get_line_extents(at, nullptr, &box);
    pango_layout_iter_free(at);
    return pango_units_to_double(box.y + (is_bottom ? box.height : 0));
  }

  Owned<PangoLayout> layout_;
};

/// A JPEG whose bytes go into the PDF as they are; the surface itself stays blank.
Owned<cairo_surface_t> surface_of(const Picture& picture) {
  Owned<cairo_surface_t> surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(picture.width), static_cast<int>(picture.height)));
  auto* copy = static_cast<unsigned char*>(std::malloc(picture.jpeg.size()));
  if (!copy) return nullptr;
  std::memcpy(copy, picture.jpeg.data(), picture.jpeg.size());
  if (cairo_surface_set_mime_data(surface.get(), CAIRO_MIME_TYPE_JPEG, copy, picture.jpeg.size(), std::free, copy) != CAIRO_STATUS_SUCCESS) {
    std::free(copy);
    return nullptr;
  }
  return surface;
}

/// Pages one after the other, with the same foot and a number on each.
class Pages {
 protected:
  Pages(const std::string& title, const std::string& foot)
      : foot_(foot), surface_(cairo_pdf_surface_create_for_stream(append, &bytes_, kPageWidth, kPageHeight)), pen_(cairo_create(surface_.get())) {
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
    cairo_set_line_width(pen_.get(), 0.6);
  }

  void line(const std::string& text, double size, bool is_title) {
    if (text.empty()) return;
    Lines lines(pen_.get(), text, kWidth, size, is_title, is_title);
    lines.draw(pen_.get(), kMargin, y_, 0, lines.count());
    y_ += lines.height(0, lines.count()) + kPadding;
  }
  void frame(double x, double width, double height) {
    cairo_rectangle(pen_.get(), x, y_, width, height);
    cairo_stroke(pen_.get());
  }
  void next_page() {
    end_page();
    ++page_;
    y_ = kMargin;
  }
  Result<std::string> finished() {
    end_page();
    cairo_surface_finish(surface_.get());
    cairo_status_t status = cairo_surface_status(surface_.get());
    if (status == CAIRO_STATUS_SUCCESS) status = cairo_status(pen_.get());
    if (status != CAIRO_STATUS_SUCCESS) return internal_error(std::string("pdf: ") + cairo_status_to_string(status));
    return std::move(bytes_);
  }

  cairo_t* pen() const { return pen_.get(); }
  double y_ = kMargin;

 private:
  void end_page() {
    Lines foot(pen_.get(), foot_ + "  " + std::to_string(page_), kWidth, kSmall, false);
    foot.draw(pen_.get(), kMargin, kPageHeight - kMargin - kFootHeight + 8, 0, foot.count());
    cairo_show_page(pen_.get());
  }

  const std::string& foot_;
  std::string bytes_;
  Owned<cairo_surface_t> surface_;
  Owned<cairo_t> pen_;
  int page_ = 1;
};

class FormPages : public Pages {
 public:
  explicit FormPages(const PrintedForm& form) : Pages(form.title, form.foot), form_(form) {}

  Result<std::string> bytes() {
    line(form_.corner, kBody, false);
    line(form_.title, kTitle, true);
    line(form_.above, kBody, false);
    for (std::size_t i = 0; i < form_.boxes.size(); ++i) {
      bool is_pair = form_.boxes[i].is_half && i + 1 < form_.boxes.size() && form_.boxes[i + 1].is_half;
      if (is_pair) pair(form_.boxes[i], form_.boxes[i + 1]);
      else whole(form_.boxes[i]);
      if (is_pair) ++i;
    }
    for (const std::string& signature : form_.signatures) sign(signature);
    return finished();
  }

 private:
  void in_the_middle(const std::string& label, double x, double height) {
    Lines lines(pen(), label, kLabel - 2 * kPadding, kBody, true);
    double own = lines.height(0, lines.count());
    lines.draw(pen(), x + kPadding, y_ + std::max((height - own) / 2, 0.0), 0, lines.count());
  }
  double least_height(const FormBox& box) const { return static_cast<double>(box.lines) * kBody * 1.75 + 2 * kPadding; }
  double label_height(const FormBox& box) {
    Lines lines(pen(), box.label, kLabel - 2 * kPadding, kBody, true);
    return lines.height(0, lines.count()) + 2 * kPadding;
  }

  void pair(const FormBox& left, const FormBox& right) {
    Lines first(pen(), left.text, kText - 2 * kPadding, kBody, false), second(pen(), right.text, kText - 2 * kPadding, kBody, false);
    double height = std::max({least_height(left), label_height(left), label_height(right), first.height(0, first.count()) + 2 * kPadding, second.height(0, second.count()) + 2 * kPadding});
    if (y_ + height > kBottom) next_page();
    double x = kMargin;
    for (const auto& [box, lines] : {std::pair{&left, &first}, {&right, &second}}) {
      frame(x, kLabel, height);
      in_the_middle(box->label, x, height);
      frame(x + kLabel, kText, height);
      lines->draw(pen(), x + kLabel + kPadding, y_ + kPadding, 0, lines->count());
      x += kLabel + kText;
    }
    y_ += height;
  }

  /// Over as many pages as its text takes, the label on each.
  void whole(const FormBox& box) {
    double width = kWidth - kLabel;
    Lines lines(pen(), box.text, width - 2 * kPadding, kBody, false);
    int all = box.text.empty() ? 0 : lines.count(), drawn = 0;
    double least = std::max(least_height(box), label_height(box));
    for (bool is_done = false; !is_done;) {
      double room = kBottom - y_ - 2 * kPadding;
      int fit = lines.fitting(drawn, room);
      bool is_rest = drawn + fit >= all;
      double text = lines.height(drawn, std::min(fit, all - drawn)) + 2 * kPadding;
      double pictures = is_rest && !box.pictures.empty() ? kPictureHeight + kPadding : 0;
      double height = is_rest ? std::max(text + pictures, drawn == 0 ? least : 0) : text;
      bool is_cramped = (fit < 3 && !is_rest) || y_ + height > kBottom;
      if (is_cramped && y_ > kMargin) {
        next_page();
        continue;
      }
      int part = std::min(std::max(fit, 1), all - drawn);  // a line that no page holds is drawn all the same
      frame(kMargin, kLabel, height);
      in_the_middle(box.label, kMargin, height);
      frame(kMargin + kLabel, width, height);
      if (part > 0) lines.draw(pen(), kMargin + kLabel + kPadding, y_ + kPadding, drawn, part);
      if (pictures > 0) draw_pictures(box, y_ + height - kPictureHeight - kPadding);
      drawn += part;
      y_ += height;
      is_done = drawn >= all;
    }
  }

  void draw_pictures(const FormBox& box, double top) {
    double x = kMargin + kLabel + kPadding;
    for (const Picture& picture : box.pictures) {
      Owned<cairo_surface_t> surface = picture.width > 0 && picture.height > 0 ? surface_of(picture) : nullptr;
      if (!surface) continue;
      double scale = std::min(kPictureWidth / static_cast<double>(picture.width), kPictureHeight / static_cast<double>(picture.height));
      cairo_save(pen());
      cairo_translate(pen(), x, top);
      cairo_scale(pen(), scale, scale);
      cairo_set_source_surface(pen(), surface.get(), 0, 0);
      cairo_paint(pen());
      cairo_restore(pen());
      x += kPictureWidth + kPadding;
    }
  }

  void sign(const std::string& words) {
    Lines lines(pen(), words, kWidth, kBody, false);
    double height = lines.height(0, lines.count()) + 18;
    if (y_ + height > kBottom) next_page();
    lines.draw(pen(), kMargin, y_ + 14, 0, lines.count());
    cairo_move_to(pen(), kMargin + 130, y_ + height);
    cairo_line_to(pen(), kMargin + 300, y_ + height);
    cairo_stroke(pen());
    y_ += height;
  }

  const PrintedForm& form_;
};

/// A list: its head on each page, empty lines as high as a hand needs.
class TablePages : public Pages {
 public:
  explicit TablePages(const PrintedTable& table) : Pages(table.title, table.foot), table_(table) {
    double all = 0;
    for (double width : table.widths) all += width;
    for (double width : table.widths) widths_.push_back(all > 0 ? kWidth * width / all : kWidth);
  }

  Result<std::string> bytes() {
    if (table_.columns.empty() || widths_.size() != table_.columns.size()) return internal_error("pdf: a list without its columns");
    line(table_.corner, kBody, false);
    line(table_.title, kTitle, true);
    row(table_.columns, true);
    for (const auto& cells : table_.rows) row(cells, false);
    return finished();
  }

 private:
  static constexpr double kLeast = 22;

  void row(const std::vector<std::string>& cells, bool is_head) {
    std::vector<Lines> lines;
    double height = kLeast;
    for (std::size_t i = 0; i < widths_.size(); ++i) {
      lines.emplace_back(pen(), i < cells.size() ? cells[i] : std::string(), widths_[i] - 2 * kPadding, kBody, true, is_head);
      height = std::max(height, lines.back().height(0, lines.back().count()) + 2 * kPadding);
    }
    if (y_ + height > kBottom && y_ > kMargin && !is_head) {
      next_page();
      row(table_.columns, true);
    }
    double x = kMargin;
    for (std::size_t i = 0; i < widths_.size(); ++i) {
      frame(x, widths_[i], height);
      lines[i].draw(pen(), x + kPadding, y_ + (height - lines[i].height(0, lines[i].count())) / 2, 0, lines[i].count());
      x += widths_[i];
    }
    y_ += height;
  }

  const PrintedTable& table_;
  std::vector<double> widths_;
};

}  // namespace

Result<std::string> form_pdf(const PrintedForm& form) { return FormPages(form).bytes(); }

Result<std::string> table_pdf(const PrintedTable& table) { return TablePages(table).bytes(); }

}  // namespace shide::office_files
