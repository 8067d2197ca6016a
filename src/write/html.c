/* HTML: one page that asks for nothing else, from the template in templates/page: the picture as SVG, beside it the story, the notes and
 * all that the picture holds as lists. What a reader can do with it is in the script; without that it is a page to read. Texts in
 * several languages stand side by side, of which style rules show one. Styles and script are allowed by their hashes alone.
 */
#include <string.h>

#include "base/sha256.h"
#include "write/embed.h"
#include "write/write.h"
#include "write/xml.h"

/* The template's three files, each with a NUL behind it; see CMakeLists.txt. */
extern const char page_html[], page_css[], page_js[];

struct html {
    struct str *out;
    struct str style, picture;
    const struct scene *scene;         /* of the first language */
    const struct scene *scenes[LANGS]; /* in the order of the switch */
    size_t languages;
    const struct write_options *options;
    const char *prefix;
    struct arena *arena;
};

/* --- words ---------------------------------------------------------------------------------------------------------------- */

static const struct word {
    const char *key;
    const char *in[LANGS];
} words[] = {
    {"accepted", {"Accepted:", "意図的:"}},
    {"auto", {"Auto", "自動"}},
    {"back", {"Previous step", "前の手順"}},
    {"broken", {"Broken here", "この図で違反"}},
    {"connections", {"Connections", "接続"}},
    {"dark", {"Dark", "ダーク"}},
    {"elements", {"Services and groups", "サービスとグループ"}},
    {"fact", {"Fact", "事実"}},
    {"find", {"Search services", "サービスを検索"}},
    {"fit", {"Show all", "全体を表示"}},
    {"held", {"Kept here", "この図で遵守"}},
    {"intended", {"Broken on purpose", "意図的な違反"}},
    {"keys",
     {"Arrow keys step through the story. In the picture, + and - zoom, 0 shows all, Enter keeps what is lit, Esc lets "
      "it go.",
      "矢印キーで手順を進める。図の中では + と - で拡大・縮小、0 で全体、Enter で固定、Esc で解除。"}},
    {"language", {"Language", "言語"}},
    {"larger", {"Zoom in", "拡大"}},
    {"legend", {"Lines", "線の種類"}},
    {"light", {"Light", "ライト"}},
    {"limit", {"Limit", "制限"}},
    {"next", {"Next step", "次の手順"}},
    {"notes", {"Notes", "注記"}},
    {"outdated", {"Outdated", "旧情報"}},
    {"picture", {"Diagram", "構成図"}},
    {"play", {"Play the story", "手順を再生"}},
    {"recommendation", {"Recommendation", "推奨"}},
    {"rule", {"Rule", "ルール"}},
    {"schemes", {"Colour scheme", "配色"}},
    {"skip", {"Skip the diagram", "図をとばす"}},
    {"smaller", {"Zoom out", "縮小"}},
    {"source", {"Source:", "出典:"}},
    {"steps", {"Steps", "手順"}},
    {"story", {"Story", "手順の再生"}},
    {"today", {"Today:", "現在:"}},
    {"warning", {"Warning", "注意"}},
    {"wrong", {"Incorrect", "誤り"}},
    {"zoom", {"Zoom", "表示倍率"}},
};

static const char *const language_names[LANGS] = {"English", "日本語"};

static const char *const *word(const char *key, size_t n) {
    static const char *const none[LANGS] = {"", ""};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i].key) == n && strncmp(words[i].key, key, n) == 0)
            return words[i].in;
    return none;
}

static const char *const *word_of(const char *key) { return word(key, strlen(key)); }

/* --- form ----------------------------------------------------------------------------------------------------------------- */

static void put(struct html *html, const char *markup) { str_put(html->out, markup); }

static void put_text(struct html *html, const char *text) {
    struct xml xml = {.out = html->out};
    xml_text(&xml, text);
}

/* A space, the name and the value. */
static void put_attribute(struct html *html, const char *name, const char *value) {
    struct xml xml = {.out = html->out, .open = true};
    xml_attribute(&xml, name, value);
}

static const char *first(const struct html *html, const char *const in[LANGS]) { return in[html->scene->lang]; }

/* A text in each language of the page; nothing when there is none. */
static void put_span(struct html *html, const char *class, const char *const in[LANGS]) {
    for (size_t i = 0; first(html, in) && i < html->languages; i++) {
        enum lang lang = html->scenes[i]->lang;
        const char *classes = html->languages > 1 ? arena_printf(html->arena, "%s%sonly", class, *class ? " " : "")
                                                  : class;
        put(html, "<span");
        if (*classes)
            put_attribute(html, "class", classes);
        if (html->languages > 1)
            put_attribute(html, "lang", lang_codes[lang]);
        put(html, ">");
        put_text(html, in[lang]);
        put(html, "</span>");
    }
}

/* The same as name of a control; the script changes it with the language. */
static void put_label(struct html *html, const char *const in[LANGS]) {
    put_attribute(html, "aria-label", first(html, in));
    for (size_t i = 0; i < html->languages; i++) {
        enum lang lang = html->scenes[i]->lang;
        put_attribute(html, arena_printf(html->arena, "data-label-%s", lang_codes[lang]), in[lang]);
    }
}

/* A line of a list that lights what it names; the caller ends its last span, the button and the item. */
static void open_point(struct html *html, const char *name, const char *value, const char *on) {
    put(html, "\n<li><button type=\"button\" class=\"point\"");
    put_attribute(html, name, value);
    put_attribute(html, "data-on", on);
    put(html, ">");
}

/* --- the lists ------------------------------------------------------------------------------------------------------------ */

static void put_badge(struct html *html, const char *class, int number) {
    str_printf(html->out, "<span class=\"%s\">%d</span>", class, number);
}

static void add_id(struct str *list, const char *id) { str_printf(list, "%s%s", list->n ? " " : "", id); }

static void put_steps(struct html *html) {
    const struct model *model = html->scene->model;
    for (size_t i = 0; i < model->step_count; i++) {
        const struct step *step = &model->steps[i];
        struct str on = STR_EMPTY;
        for (size_t k = 0; k < model->edge_count; k++)
            if (model->edges[k]->step == step->number)
                add_id(&on, model->edges[k]->id);
        for (size_t k = 0; k < model->node_count; k++)
            if (model->nodes[k]->step == step->number)
                add_id(&on, model->nodes[k]->path);
        open_point(html, "data-step", arena_printf(html->arena, "%d", step->number), on.at);
        put_badge(html, "badge", step->number);
        put(html, "<span>");
        put_span(html, "", step->text.in);
        put(html, "</span></button></li>");
        str_free(&on);
    }
}

static void put_tags(struct html *html, const struct shown_note *shown) {
    const struct note *note = shown->note;
    put(html, "<span class=\"tags\">");
    put_span(html, "", word_of(note_kind_names[shown->kind]));
    if (shown->state == NOTE_HELD)
        put_span(html, "good", word_of("held"));
    if (shown->state == NOTE_VIOLATED)
        put_span(html, shown->accepted ? "warn" : "bad", word_of(shown->accepted ? "intended" : "broken"));
    if (note && (note->status == NOTE_OUTDATED || note->status == NOTE_WRONG)) {
        put(html, "<span class=\"warn\">");
        put_span(html, "", word_of(note->status == NOTE_WRONG ? "wrong" : "outdated"));
        if (note->since && note->status == NOTE_OUTDATED)
            put_text(html, arena_printf(html->arena, " (%s)", note->since));
        put(html, "</span>");
    }
    put(html, "</span>");
}

static void put_more(struct html *html, const char *before, const char *const in[LANGS]) {
    if (!first(html, in))
        return;
    put(html, "<span class=\"more\">");
    if (before) {
        put(html, "<b>");
        put_span(html, "", word_of(before));
        put(html, "</b> ");
    }
    put_span(html, before ? "" : "soft", in);
    put(html, "</span>");
}

/* An address is a link with the name of its site; what is none stands as it is. */
static void put_source(struct html *html, const char *source) {
    static const char scheme[] = "https://";
    put(html, "<span class=\"source soft\">");
    put_span(html, "", word_of("source"));
    put(html, " ");
    if (strncmp(source, scheme, sizeof scheme - 1) == 0) {
        const char *site = source + sizeof scheme - 1;
        put(html, "<a rel=\"noreferrer\"");
        put_attribute(html, "href", source);
        put(html, ">");
        put_text(html, arena_copy(html->arena, site, strcspn(site, "/")));
        put(html, "</a>");
    } else {
        put_text(html, source);
    }
    put(html, "</span>");
}

static void put_note(struct html *html, const struct shown_note *shown) {
    const struct note *note = shown->note;
    struct str on = STR_EMPTY;
    for (size_t k = 0; k < shown->on_count; k++)
        add_id(&on, shown->on[k]->path);
    for (size_t k = 0; k < shown->edge_count; k++)
        add_id(&on, shown->edges[k]->id);
    open_point(html, "data-number", arena_printf(html->arena, "%d", shown->number), on.at);
    str_free(&on);
    put_badge(html, shown->state == NOTE_VIOLATED && !shown->accepted ? "badge number bad" : "badge number",
              shown->number);
    put(html, "<span>");
    put_tags(html, shown);
    put_span(html, note && first(html, note->today) ? "soft" : "", note ? note->text : shown->own.in);
    if (note) {
        put_more(html, "today", note->today);
        put_more(html, NULL, note->nuance);
    }
    if (shown->accepted)
        put_more(html, "accepted", shown->accepted->in);
    for (size_t i = 0; !shown->accepted && i < shown->breach_count; i++) {
        put(html, "<span class=\"more soft\" lang=\"en\">");
        put_text(html, shown->breaches[i].text);
        put(html, "</span>");
    }
    put(html, "</span></button>");
    if (note && note->source)
        put_source(html, note->source);
    put(html, "</li>");
}

static void put_notes(struct html *html) {
    for (size_t i = 0; i < html->scene->notes->n; i++)
        put_note(html, &html->scene->notes->at[i]);
}

/* Type, unless it is the name, and details: "Customer gateway · ASN 65001". */
static void put_facts(struct html *html, const struct type *type, const struct text *label,
                      const struct block detail[]) {
    const char *in[LANGS] = {NULL};
    for (size_t i = 0; i < html->languages; i++) {
        enum lang lang = html->scenes[i]->lang;
        struct str text = STR_EMPTY;
        if (!label->in[lang] || strcmp(label->in[lang], type->name[lang]) != 0)
            str_put(&text, type->name[lang]);
        for (size_t k = 0; detail && k < detail[lang].n; k++) {
            str_put(&text, text.n ? " · " : "");
            str_putn(&text, detail[lang].lines[k].at, detail[lang].lines[k].n);
        }
        in[lang] = arena_copy(html->arena, text.at, text.n);
        str_free(&text);
    }
    if (*first(html, in))
        put_span(html, "type", in);
}

static void put_link(struct html *html, const char *link) {
    if (!link)
        return;
    put(html, "<a class=\"source\"");
    put_attribute(html, "href", link);
    put(html, ">");
    put_text(html, link);
    put(html, "</a>");
}

static void put_node(struct html *html, const struct node *node) {
    put(html, "\n<li><button type=\"button\" class=\"point\"");
    put_attribute(html, "data-key", node->path);
    put_attribute(html, "data-on", node->path);
    put(html, "><span>");
    put_span(html, "", node->label.in[0] ? node->label.in : node->type->name);
    put_facts(html, node->type, &node->label, html->scene->layout->sizes.nodes[node->index].detail);
    put_span(html, "more soft", node->tooltip.in);
    put(html, "</span></button>");
    put_link(html, node->link);
    if (node->child_count) {
        put(html, "<ul class=\"points\">");
        for (size_t i = 0; i < node->child_count; i++)
            put_node(html, node->children[i]);
        put(html, "</ul>");
    }
    put(html, "</li>");
}

static void put_overlay(struct html *html, const struct overlay *overlay) {
    struct str on = STR_EMPTY;
    for (size_t i = 0; i < overlay->member_count; i++)
        add_id(&on, overlay->members[i]->path);
    open_point(html, "data-key", overlay->id, on.at);
    put(html, "<span>");
    put_span(html, "", overlay->label.in[0] ? overlay->label.in : overlay->type->name);
    put_facts(html, overlay->type, &overlay->label, NULL);
    put(html, "</span></button></li>");
    str_free(&on);
}

static void put_elements(struct html *html) {
    const struct model *model = html->scene->model;
    for (size_t i = 0; i < model->root->child_count; i++)
        put_node(html, model->root->children[i]);
    for (size_t i = 0; i < model->overlay_count; i++)
        put_overlay(html, model->overlays[i]);
}

/* Whether another node has the same name; where there are too many to look, it is taken for granted. */
static bool ambiguous(const struct html *html, const struct node *node) {
    enum { MOST = 1000 };
    const struct model *model = html->scene->model;
    const char *name = first(html, node->label.in);
    bool found = model->node_count > MOST;
    for (size_t i = 0; !found && name && i < model->node_count; i++) {
        const char *other = first(html, model->nodes[i]->label.in);
        found = model->nodes[i] != node && other && strcmp(other, name) == 0;
    }
    return found && node->parent->parent;
}

static const char *end_name(struct html *html, const struct node *node, enum lang lang) {
    const char *name = node->label.in[lang] ? node->label.in[lang] : node->type->name[lang];
    const char *around = node->parent->label.in[lang];
    return around && ambiguous(html, node) ? arena_printf(html->arena, "%s (%s)", name, around) : name;
}

static void put_edge(struct html *html, const struct edge *edge) {
    static const char *const arrows[2][2] = {{"–", "→"}, {"←", "↔"}};
    const char *ends[LANGS] = {NULL}, *facts[LANGS] = {NULL};
    for (size_t i = 0; i < html->languages; i++) {
        enum lang lang = html->scenes[i]->lang;
        const char *label = edge->label.in[lang], *kind = edge->kind->name[lang];
        ends[lang] = arena_printf(html->arena, "%s %s %s", end_name(html, edge->from, lang),
                                  arrows[edge->arrow_from][edge->arrow_to], end_name(html, edge->to, lang));
        facts[lang] = label ? arena_printf(html->arena, "%s · %s", label, kind) : kind;
    }
    open_point(html, "data-key", edge->id, edge->id);
    put(html, "<span>");
    put_span(html, "", ends);
    put_span(html, "type", facts);
    put_span(html, "more soft", edge->tooltip.in);
    put(html, "</span></button>");
    put_link(html, edge->link);
    put(html, "</li>");
}

static void put_connections(struct html *html) {
    for (size_t i = 0; i < html->scene->model->edge_count; i++)
        put_edge(html, html->scene->model->edges[i]);
}

/* --- legend: of the lines, when they differ ----------------------------------------------------------------------------------- */

static bool used(const struct model *model, const struct kind *kind) {
    for (size_t i = 0; i < model->edge_count; i++)
        if (model->edges[i]->kind == kind)
            return true;
    return false;
}

static size_t kinds_used(const struct model *model) {
    size_t n = 0;
    for (size_t i = 0; i < model->catalog->kind_count; i++)
        n += used(model, &model->catalog->kinds[i]);
    return n;
}

static void put_kind(struct html *html, const struct kind *kind, size_t number) {
    put(html, "\n<li><svg width=\"42\" height=\"12\" aria-hidden=\"true\" focusable=\"false\">");
    str_printf(html->out, "<path class=\"kind%zu\" d=\"M1 6h40\" stroke-width=\"", number);
    str_number(html->out, kind->width, 2);
    if (kind->dash != DASH_SOLID)
        str_printf(html->out, "\" stroke-dasharray=\"%d %d", (int)scene_dashes[kind->dash][0],
                   (int)scene_dashes[kind->dash][1]);
    put(html, kind->blocked ? "\"/><path class=\"cross\" d=\"M16 1l10 10M26 1L16 11\"/></svg>" : "\"/></svg>");
    put_span(html, "", kind->name);
    put(html, "</li>");
}

static void put_legend(struct html *html) {
    const struct model *model = html->scene->model;
    for (size_t i = 0; i < model->catalog->kind_count; i++)
        if (used(model, &model->catalog->kinds[i]))
            put_kind(html, &model->catalog->kinds[i], i);
}

static void add_kind_rules(struct html *html, bool dark) {
    const struct model *model = html->scene->model;
    for (size_t i = 0; i < model->catalog->kind_count; i++) {
        const struct kind *kind = &model->catalog->kinds[i];
        if (used(model, kind))
            str_printf(&html->style, "\n.kind%zu{stroke:#%06X}", i,
                       (unsigned)theme_rgb(html->scene->theme,
                                           kind->colour ? paint_rgb(kind->colour) : paint_role(COLOUR_LINE), dark));
    }
}

/* --- what stands in the head --------------------------------------------------------------------------------------------------- */

/* Without a script a link to the group of a language in the picture (#lang:ja) shows it; the script sets the language of the page. */
static void add_language_rules(struct html *html) {
    const char *own = lang_codes[html->scene->lang];
    for (size_t i = 1; i < html->languages; i++) {
        const char *code = lang_codes[html->scenes[i]->lang];
        str_printf(&html->style, "\nhtml:not(:lang(%s)):not(:has([id$=\"lang:%s\"]:target)) .only[lang=%s]", code, code,
                   code);
        str_printf(&html->style, ",html:lang(%s) .only[lang=%s],html:has([id$=\"lang:%s\"]:target) .only[lang=%s]",
                   code, own, code, own);
        str_put(&html->style, "{display:none}");
    }
}

/* A theme with one scheme has it whatever the system says. */
static void make_style(struct html *html) {
    static const char asked[] = "(prefers-color-scheme: dark)";
    const struct theme *theme = html->scene->theme;
    const char *at = page_css, *with = theme->follows ? asked : theme->dark_scheme ? "all" : "not all";
    for (const char *next; (next = strstr(at, asked)) != NULL; at = next + sizeof asked - 1) {
        str_putn(&html->style, at, (size_t)(next - at));
        str_put(&html->style, with);
    }
    str_put(&html->style, at);
    add_kind_rules(html, false);
    if (theme->follows) {
        str_printf(&html->style, "\n@media %s{", asked);
        add_kind_rules(html, true);
        str_put(&html->style, "}");
    }
    add_language_rules(html);
    str_put(&html->style, "\n");
}

static int make_picture(struct html *html, struct diags *diags) {
    struct write_options options = *html->options;
    options.inline_svg = true;
    return svg_write(html->scene, &options, &html->picture, diags);
}

static void put_hash(struct html *html, const char *bytes, size_t n) {
    unsigned char hash[32];
    sha256(bytes, n, hash);
    put(html, " 'sha256-");
    put_base64(html->out, hash, sizeof hash);
    put(html, "'");
}

static void put_policy(struct html *html) {
    const char *rules = strstr(html->picture.at, "<style>"), *end = rules ? strstr(rules, "</style>") : NULL;
    put(html, "default-src 'none'; script-src");
    put_hash(html, page_js, strlen(page_js));
    put(html, "; style-src");
    put_hash(html, html->style.at, html->style.n);
    if (end)
        put_hash(html, rules + strlen("<style>"), (size_t)(end - rules) - strlen("<style>"));
    put(html, "; font-src data:; img-src data:; base-uri 'none'; form-action 'none'");
}

static void put_lang(struct html *html) { put(html, lang_codes[html->scene->lang]); }
static void put_title(struct html *html) { put_text(html, html->scene->title); }
static void put_style(struct html *html) { str_putn(html->out, html->style.at, html->style.n); }
static void put_picture(struct html *html) { str_putn(html->out, html->picture.at, html->picture.n); }
static void put_script(struct html *html) { put(html, page_js); }
static void put_description(struct html *html) { put_span(html, "", html->scene->model->description.in); }

static void put_titles(struct html *html) {
    for (size_t i = 0; html->languages > 1 && i < html->languages; i++)
        put_attribute(html, arena_printf(html->arena, "data-title-%s", lang_codes[html->scenes[i]->lang]),
                      html->scenes[i]->title);
}

static void put_heading(struct html *html) {
    const char *in[LANGS] = {NULL};
    for (size_t i = 0; i < html->languages; i++)
        in[html->scenes[i]->lang] = html->scenes[i]->title;
    put_span(html, "", in);
}

static void put_schemes(struct html *html) {
    const struct theme *theme = html->scene->theme;
    put(html, theme->follows ? "light dark" : theme->dark_scheme ? "dark" : "light");
}

static void put_prefix(struct html *html) {
    struct str value = STR_EMPTY, *out = html->out;
    html->out = &value;
    put_attribute(html, "", html->prefix); /* ` ="..."`: what is between the quotes is wanted */
    html->out = out;
    str_putn(out, value.at + 3, value.n - 4);
    str_free(&value);
}

static void put_languages(struct html *html) {
    for (size_t i = 0; i < html->languages; i++) {
        const char *code = lang_codes[html->scenes[i]->lang];
        put(html, "<a");
        put_attribute(html, "href", arena_printf(html->arena, "#%slang:%s", html->prefix, code));
        put_attribute(html, "lang", code);
        put_attribute(html, "hreflang", code);
        put_attribute(html, "data-lang", code);
        put(html, ">");
        put_text(html, language_names[html->scenes[i]->lang]);
        put(html, "</a>");
    }
}

/* --- the template ------------------------------------------------------------------------------------------------------------- */

static bool has_steps(const struct html *html) { return html->scene->model->step_count > 0; }
static bool has_notes(const struct html *html) { return html->scene->notes->n > 0; }
static bool has_legend(const struct html *html) { return kinds_used(html->scene->model) > 1; }
static bool has_elements(const struct html *html) { return html->scene->model->node_count > 0; }
static bool has_connections(const struct html *html) { return html->scene->model->edge_count > 0; }
static bool has_languages(const struct html *html) { return html->languages > 1; }
static bool has_schemes(const struct html *html) { return html->scene->theme->follows; }
static bool has_description(const struct html *html) { return first(html, html->scene->model->description.in); }

static const struct slot {
    const char *name;
    void (*put)(struct html *html);
    bool (*has)(const struct html *html); /* for {{if NAME}}; NULL: always */
} slots[] = {
    {"lang", put_lang, NULL},
    {"titles", put_titles, NULL},
    {"policy", put_policy, NULL},
    {"schemes", put_schemes, has_schemes},
    {"title", put_title, NULL},
    {"style", put_style, NULL},
    {"heading", put_heading, NULL},
    {"description", put_description, has_description},
    {"languages", put_languages, has_languages},
    {"prefix", put_prefix, NULL},
    {"picture", put_picture, NULL},
    {"steps", put_steps, has_steps},
    {"notes", put_notes, has_notes},
    {"legend", put_legend, has_legend},
    {"elements", put_elements, has_elements},
    {"connections", put_connections, has_connections},
    {"script", put_script, NULL},
};

static const struct slot *find_slot(const char *name, size_t n) {
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
        if (strlen(slots[i].name) == n && strncmp(slots[i].name, name, n) == 0)
            return &slots[i];
    return NULL;
}

static bool begins(const char *at, size_t n, const char *with) {
    return n > strlen(with) && strncmp(at, with, strlen(with)) == 0;
}

/* {{NAME}}, {{word KEY}}, {{label KEY}}, {{if NAME}} ... {{end}}, which stand in no other. Gives where the template goes on. */
static const char *put_slot(struct html *html, const char *at, size_t n) {
    const char *next = at + n + 2;
    const struct slot *slot = find_slot(at, n);
    if (slot) {
        slot->put(html);
    } else if (begins(at, n, "word ")) {
        put_span(html, "", word(at + 5, n - 5));
    } else if (begins(at, n, "label ")) {
        put_label(html, word(at + 6, n - 6));
    } else if (begins(at, n, "if ")) {
        static const char end[] = "{{end}}";
        slot = find_slot(at + 3, n - 3);
        if (slot && slot->has && !slot->has(html))
            next = strstr(next, end) + sizeof end - 1;
    }
    return next;
}

int html_write(const struct scene *scene, const struct write_options *options, struct str *out, struct diags *diags) {
    struct html html = {.out = out, .scene = scene, .options = options, .arena = arena_new()};
    html.style = html.picture = STR_EMPTY;
    html.prefix = options->id_prefix ? options->id_prefix : "";
    for (const struct scene *one = scene; one; one = one->also)
        html.scenes[html.languages++] = one;
    int result = make_picture(&html, diags);
    make_style(&html);
    const char *at = page_html;
    for (const char *open; (open = strstr(at, "{{")) != NULL;) {
        str_putn(out, at, (size_t)(open - at));
        at = put_slot(&html, open + 2, (size_t)(strstr(open, "}}") - open) - 2);
    }
    put(&html, at);
    str_free(&html.style);
    str_free(&html.picture);
    arena_free(html.arena);
    return result;
}
