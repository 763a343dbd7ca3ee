// What the demo photos are drawn with: filled shapes with soft edges, light, and a camera that looks from a slightly other place
// each time. Coordinates are those of a 960 x 640 picture; what lies outside is cut off.
#pragma once

#include <cstdint>
#include <vector>

namespace shide::workflow {

/// Red, green and blue as in a style sheet: 0x1D5B5C.
using Color = std::uint32_t;

/// Between two colours: 0 is the first, 1 the second.
Color mix(Color first, Color second, double share);

struct Point {
  double x = 0;
  double y = 0;
};

/// The same numbers for the same seed on every machine (splitmix64).
class DemoRandom {
 public:
  explicit DemoRandom(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  double between(double low, double high);
  int whole(int low, int high);  // both included
  bool chance(double share) { return between(0, 1) < share; }
  template <class T>
  const T& one_of(const std::vector<T>& all) { return all[static_cast<std::size_t>(whole(0, static_cast<int>(all.size()) - 1))]; }

 private:
  std::uint64_t state_;
};

class DemoCanvas {
 public:
  static constexpr int kWidth = 960;
  static constexpr int kHeight = 640;

  DemoCanvas();

  /// From now on shapes are seen `zoom` times larger around `center`, turned by `angle` radians, perhaps mirrored.
  void look(Point center, double zoom, double angle, bool mirrored);

  void polygon(const std::vector<Point>& points, Color color, double opacity = 1);
  void rect(double x, double y, double width, double height, Color color, double opacity = 1);
  void ellipse(double x, double y, double radius_x, double radius_y, Color color, double opacity = 1);
  void line(Point from, Point to, double width, Color color);
  /// Light that fades out towards `radius`.
  void glow(double x, double y, double radius, Color color, double strength);
  /// What a lens adds: darker corners, brighter towards one side (-1..1), a little grain.
  void finish(double light_from_left, DemoRandom& random);

  std::vector<std::uint8_t> rgb() const;

 private:
  Point seen(Point point) const;
  void blend(int x, int y, const float (&color)[3], double share);

  std::vector<float> samples_;  // red, green, blue, 0..255
  Point center_{kWidth / 2.0, kHeight / 2.0};
  double zoom_ = 1, cosine_ = 1, sine_ = 0;
  bool mirrored_ = false;
};

}  // namespace shide::workflow
