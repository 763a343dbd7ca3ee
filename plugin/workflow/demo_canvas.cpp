#include "workflow/demo_canvas.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace shide::workflow {
namespace {

constexpr int kSlices = 4;      // of a row, for soft edges
constexpr int kCorners = 48;    // of a circle

struct Channels {
  float values[3];
  explicit Channels(Color color) : values{static_cast<float>(color >> 16 & 0xFF), static_cast<float>(color >> 8 & 0xFF), static_cast<float>(color & 0xFF)} {}
};

// Where the edges of a polygon cross one horizontal line, from left to right.
std::vector<double> crossings(const std::vector<Point>& points, double y) {
  std::vector<double> found;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Point& a = points[i];
    const Point& b = points[(i + 1) % points.size()];
    if ((a.y <= y) != (b.y <= y)) found.push_back(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x));
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

Color mix(Color first, Color second, double share) {
  Color out = 0;
  for (int shift : {16, 8, 0}) {
    double value = (first >> shift & 0xFF) * (1 - share) + (second >> shift & 0xFF) * share;
    out |= static_cast<Color>(std::clamp(value, 0.0, 255.0) + 0.5) << shift;
  }
  return out;
}

std::uint64_t DemoRandom::next() {
  std::uint64_t value = state_ += 0x9E3779B97F4A7C15u;
  value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9u;
  value = (value ^ value >> 27) * 0x94D049BB133111EBu;
  return value ^ value >> 31;
}

double DemoRandom::between(double low, double high) { return low + (high - low) * (static_cast<double>(next() >> 11) / 9007199254740992.0); }

int DemoRandom::whole(int low, int high) { return low + static_cast<int>(next() % static_cast<std::uint64_t>(high - low + 1)); }

DemoCanvas::DemoCanvas() : samples_(std::size_t{kWidth} * kHeight * 3, 128.0f) {}

void DemoCanvas::look(Point center, double zoom, double angle, bool mirrored) {
  center_ = center;
  zoom_ = zoom;
  cosine_ = std::cos(angle);
  sine_ = std::sin(angle);
  mirrored_ = mirrored;
}

Point DemoCanvas::seen(Point point) const {
  double x = (point.x - center_.x) * zoom_, y = (point.y - center_.y) * zoom_;
  if (mirrored_) x = -x;
  return {x * cosine_ - y * sine_ + kWidth / 2.0, x * sine_ + y * cosine_ + kHeight / 2.0};
}

void DemoCanvas::blend(int x, int y, const float (&color)[3], double share) {
  float* sample = samples_.data() + (static_cast<std::size_t>(y) * kWidth + static_cast<std::size_t>(x)) * 3;
  for (int channel = 0; channel < 3; ++channel) sample[channel] += (color[channel] - sample[channel]) * static_cast<float>(share);
}

void DemoCanvas::polygon(const std::vector<Point>& points, Color color, double opacity) {
  std::vector<Point> corners;
  double top = kHeight, bottom = 0;
  for (const Point& point : points) {
    corners.push_back(seen(point));
    top = std::min(top, corners.back().y);
    bottom = std::max(bottom, corners.back().y);
  }
  Channels channels(color);
  std::vector<float> cover(kWidth);
  for (int y = std::max(0, static_cast<int>(top)); y < std::min<double>(kHeight, bottom); ++y) {
    std::fill(cover.begin(), cover.end(), 0.0f);
    for (int slice = 0; slice < kSlices; ++slice) {
      std::vector<double> edges = crossings(corners, y + (slice + 0.5) / kSlices);
      for (std::size_t i = 0; i + 1 < edges.size(); i += 2) {
        double from = std::clamp<double>(edges[i], 0, kWidth), to = std::clamp<double>(edges[i + 1], 0, kWidth);
        for (int x = static_cast<int>(from); x < to; ++x) cover[static_cast<std::size_t>(x)] += static_cast<float>((std::min<double>(to, x + 1) - std::max<double>(from, x)) / kSlices);
      }
    }
    for (int x = 0; x < kWidth; ++x) {
      if (cover[static_cast<std::size_t>(x)] > 0) blend(x, y, channels.values, std::min(1.0f, cover[static_cast<std::size_t>(x)]) * opacity);
    }
  }
}

void DemoCanvas::rect(double x, double y, double width, double height, Color color, double opacity) {
  polygon({{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}}, color, opacity);
}

void DemoCanvas::ellipse(double x, double y, double radius_x, double radius_y, Color color, double opacity) {
  std::vector<Point> points;
  for (int i = 0; i < kCorners; ++i) {
    double angle = 2 * std::numbers::pi * i / kCorners;
    points.push_back({x + radius_x * std::cos(angle), y + radius_y * std::sin(angle)});
  }
  polygon(points, color, opacity);
}

void DemoCanvas::line(Point from, Point to, double width, Color color) {
  double length = std::hypot(to.x - from.x, to.y - from.y);
  if (length <= 0) return;
  double x = (to.y - from.y) / length * width / 2, y = (from.x - to.x) / length * width / 2;
  polygon({{from.x + x, from.y + y}, {to.x + x, to.y + y}, {to.x - x, to.y - y}, {from.x - x, from.y - y}}, color);
}

void DemoCanvas::glow(double x, double y, double radius, Color color, double strength) {
  Point middle = seen({x, y});
  double reach = radius * zoom_;
  Channels channels(color);
  for (int row = std::max(0, static_cast<int>(middle.y - reach)); row < std::min<double>(kHeight, middle.y + reach); ++row) {
    for (int column = std::max(0, static_cast<int>(middle.x - reach)); column < std::min<double>(kWidth, middle.x + reach); ++column) {
      double nearness = 1 - std::hypot(column - middle.x, row - middle.y) / reach;
      if (nearness > 0) blend(column, row, channels.values, strength * nearness * nearness);
    }
  }
}

void DemoCanvas::finish(double light_from_left, DemoRandom& random) {
  for (int y = 0; y < kHeight; ++y) {
    for (int x = 0; x < kWidth; ++x) {
      double across = 2.0 * x / kWidth - 1, down = 2.0 * y / kHeight - 1;
      double light = 1.03 - 0.10 * (across * across + down * down) - 0.09 * light_from_left * across;
      double grain = random.between(-2.5, 2.5);
      float* sample = samples_.data() + (static_cast<std::size_t>(y) * kWidth + static_cast<std::size_t>(x)) * 3;
      for (int channel = 0; channel < 3; ++channel) sample[channel] = static_cast<float>(sample[channel] * light + grain);
    }
  }
}

std::vector<std::uint8_t> DemoCanvas::rgb() const {
  std::vector<std::uint8_t> out(samples_.size());
  std::transform(samples_.begin(), samples_.end(), out.begin(), [](float sample) { return static_cast<std::uint8_t>(std::clamp(sample, 0.0f, 255.0f) + 0.5f); });
  return out;
}

}  // namespace shide::workflow
