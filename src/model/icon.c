#include "model/icon.h"

#include <math.h>

struct walker {
    const char *at;
    const struct icon_pen *pen;
    double x, y;             /* current point */
    double start_x, start_y; /* of the subpath */
    double cx, cy;           /* last control point, for S and T */
    char last;               /* command before */
    bool bad;
};

static void skip(struct walker *walker) {
    while (*walker->at == ' ' || *walker->at == ',' || *walker->at == '\n' || *walker->at == '\t' ||
           *walker->at == '\r')
        walker->at++;
}

static double power_of_ten(int exponent) {
    double value = 1;
    for (int i = 0; i < (exponent < 0 ? -exponent : exponent) && i < 40; i++)
        value *= 10;
    return exponent < 0 ? 1 / value : value;
}

/* Digits are gathered as a whole number and scaled once, so that the value does not depend on rounding on the way. */
static double number(struct walker *walker) {
    double value = 0, sign = 1;
    int digits = 0, scale = 0;
    skip(walker);
    if (*walker->at == '-' || *walker->at == '+')
        sign = *walker->at++ == '-' ? -1 : 1;
    for (; *walker->at >= '0' && *walker->at <= '9'; walker->at++, digits++)
        value = value * 10 + (*walker->at - '0');
    if (*walker->at == '.')
        for (walker->at++; *walker->at >= '0' && *walker->at <= '9'; walker->at++, digits++, scale--)
            value = value * 10 + (*walker->at - '0');
    if (digits && (*walker->at == 'e' || *walker->at == 'E')) {
        const char *at = walker->at + 1;
        int exponent = 0, minus = *at == '-';
        at += *at == '-' || *at == '+';
        for (; *at >= '0' && *at <= '9' && exponent < 100; at++)
            exponent = exponent * 10 + (*at - '0');
        walker->at = at;
        scale += minus ? -exponent : exponent;
    }
    walker->bad = walker->bad || !digits;
    return sign * (scale < 0 ? value / power_of_ten(-scale) : value * power_of_ten(scale));
}

static bool flag(struct walker *walker) {
    skip(walker);
    walker->bad = walker->bad || (*walker->at != '0' && *walker->at != '1');
    return !walker->bad && *walker->at++ == '1';
}

static void cubic_to(struct walker *walker, double ax, double ay, double bx, double by, double x, double y) {
    walker->pen->cubic(walker->pen->to, ax, ay, bx, by, x, y);
    walker->cx = bx, walker->cy = by, walker->x = x, walker->y = y;
}

static void quad_to(struct walker *walker, double cx, double cy, double x, double y) {
    double x0 = walker->x, y0 = walker->y;
    walker->pen->cubic(walker->pen->to, x0 + (cx - x0) * 2 / 3, y0 + (cy - y0) * 2 / 3, x + (cx - x) * 2 / 3,
                       y + (cy - y) * 2 / 3, x, y);
    walker->cx = cx, walker->cy = cy, walker->x = x, walker->y = y;
}

static void line_to(struct walker *walker, double x, double y) {
    walker->pen->line(walker->pen->to, x, y);
    walker->x = x, walker->y = y;
}

/* Endpoint to centre form as in SVG 1.1, appendix F.6, then quarters as cubics. */
static void arc_to(struct walker *walker, double rx, double ry, double turn, bool large, bool sweep, double x,
                   double y) {
    static const double pi = 3.14159265358979323846;
    double x0 = walker->x, y0 = walker->y, phi = turn * pi / 180, c = cos(phi), s = sin(phi);
    rx = fabs(rx), ry = fabs(ry);
    if (rx <= 0 || ry <= 0) {
        line_to(walker, x, y);
        return;
    }
    double dx = (x0 - x) / 2, dy = (y0 - y) / 2, px = c * dx + s * dy, py = -s * dx + c * dy;
    double too_small = px * px / (rx * rx) + py * py / (ry * ry);
    if (too_small > 1)
        rx *= sqrt(too_small), ry *= sqrt(too_small);
    double over = rx * rx * ry * ry - rx * rx * py * py - ry * ry * px * px,
           under = rx * rx * py * py + ry * ry * px * px;
    double root = under > 0 ? sqrt(fmax(0, over / under)) * (large == sweep ? -1 : 1) : 0;
    double ccx = root * rx * py / ry, ccy = -root * ry * px / rx;
    double mx = c * ccx - s * ccy + (x0 + x) / 2, my = s * ccx + c * ccy + (y0 + y) / 2;
    double from = atan2((py - ccy) / ry, (px - ccx) / rx), to = atan2((-py - ccy) / ry, (-px - ccx) / rx),
           span = to - from;
    if (sweep && span < 0)
        span += 2 * pi;
    if (!sweep && span > 0)
        span -= 2 * pi;
    int parts = (int)ceil(fabs(span) / (pi / 2) - 1e-9);
    parts = parts < 1 ? 1 : parts;
    double step = span / parts, k = 4.0 / 3 * tan(step / 4);
    for (int i = 0; i < parts; i++) {
        double a = from + step * i, b = a + step;
        double ax = rx * (cos(a) - k * sin(a)), ay = ry * (sin(a) + k * cos(a)), bx = rx * (cos(b) + k * sin(b)),
               by = ry * (sin(b) - k * cos(b));
        double ex = rx * cos(b), ey = ry * sin(b);
        bool last = i + 1 == parts;
        cubic_to(walker, mx + c * ax - s * ay, my + s * ax + c * ay, mx + c * bx - s * by, my + s * bx + c * by,
                 last ? x : mx + c * ex - s * ey, last ? y : my + s * ex + c * ey);
    }
}

static void command(struct walker *walker, char letter) {
    bool relative = letter >= 'a';
    char kind = relative ? (char)(letter - 32) : letter;
    double ox = relative ? walker->x : 0, oy = relative ? walker->y : 0, p[6];
    static const struct {
        char kind;
        int numbers;
    } table[] = {{'M', 2}, {'L', 2}, {'H', 1}, {'V', 1}, {'C', 6}, {'S', 4}, {'Q', 4}, {'T', 2}, {'A', 0}, {'Z', 0}};
    int n = -1;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].kind == kind)
            n = table[i].numbers;
    walker->bad = walker->bad || n < 0;
    for (int i = 0; i < n; i++)
        p[i] = number(walker);
    if (walker->bad)
        return;
    bool smooth_cubic = walker->last == 'C' || walker->last == 'S',
         smooth_quad = walker->last == 'Q' || walker->last == 'T';
    switch (kind) {
    case 'M':
        walker->x = walker->start_x = ox + p[0], walker->y = walker->start_y = oy + p[1];
        walker->pen->move(walker->pen->to, walker->x, walker->y);
        break;
    case 'L': line_to(walker, ox + p[0], oy + p[1]); break;
    case 'H': line_to(walker, ox + p[0], walker->y); break;
    case 'V': line_to(walker, walker->x, oy + p[0]); break;
    case 'C': cubic_to(walker, ox + p[0], oy + p[1], ox + p[2], oy + p[3], ox + p[4], oy + p[5]); break;
    case 'S': {
        double ax = smooth_cubic ? 2 * walker->x - walker->cx : walker->x,
               ay = smooth_cubic ? 2 * walker->y - walker->cy : walker->y;
        cubic_to(walker, ax, ay, ox + p[0], oy + p[1], ox + p[2], oy + p[3]);
        break;
    }
    case 'Q': quad_to(walker, ox + p[0], oy + p[1], ox + p[2], oy + p[3]); break;
    case 'T': {
        double ax = smooth_quad ? 2 * walker->x - walker->cx : walker->x,
               ay = smooth_quad ? 2 * walker->y - walker->cy : walker->y;
        quad_to(walker, ax, ay, ox + p[0], oy + p[1]);
        break;
    }
    case 'A': {
        double rx = number(walker), ry = number(walker), turn = number(walker);
        bool large = flag(walker), sweep = flag(walker);
        double x = number(walker), y = number(walker);
        if (!walker->bad)
            arc_to(walker, rx, ry, turn, large, sweep, ox + x, oy + y);
        break;
    }
    default:
        walker->pen->close(walker->pen->to);
        walker->x = walker->start_x, walker->y = walker->start_y;
        break;
    }
    walker->last = kind;
}

bool icon_walk(const char *d, const struct icon_pen *pen) {
    struct walker walker = {.at = d, .pen = pen};
    char letter = 0;
    for (skip(&walker); *walker.at && !walker.bad; skip(&walker)) {
        char c = *walker.at;
        if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) {
            letter = c;
            walker.at++;
        } else if (letter == 0 || letter == 'Z' || letter == 'z') {
            return false;
        } else if (letter == 'M' || letter == 'm') {
            letter = letter == 'M' ? 'L' : 'l'; /* further pairs of a move are lines */
        }
        command(&walker, letter);
    }
    return !walker.bad;
}
