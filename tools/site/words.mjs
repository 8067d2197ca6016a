// Words of the pages, and the sections in their order. The colours are those of AWS's own categories.
export const languages = ["en", "ja"];

export const sections = [
    { id: "featured", en: "Start here", ja: "代表例" },
    { id: "security", en: "Security", ja: "セキュリティ" },
    { id: "network", en: "Network", ja: "ネットワーク" },
    { id: "operations", en: "Operations", ja: "運用" },
    { id: "storage", en: "Storage and databases", ja: "ストレージ・DB" },
    { id: "design", en: "Design", ja: "設計" },
    { id: "backup", en: "Backup", ja: "バックアップ" },
    { id: "migration", en: "Migration", ja: "移行" },
];

const both = {
    all: ["All", "すべて"],
    allServices: ["All services", "すべてのサービス"],
    attribution: ["AWS Architecture Icons (c) Amazon Web Services, Inc.", "AWS Architecture Icons (c) Amazon Web Services, Inc."],
    callout: ["Note", "注記"],
    clear: ["Clear", "条件を解除"],
    copied: ["Copied", "コピーしました"],
    copy: ["Copy", "コピー"],
    download: ["Download", "ダウンロード"],
    gallery: ["AWS architectures, drawn and annotated", "AWS 構成図ギャラリー"],
    held: ["holds here", "この図で成立"],
    language: ["日本語", "English"],
    lead: ["Each picture is a short YAML file. The notes beside it are checked against the picture.",
           "どの図も短い YAML から描かれ、添えた注記は図と照合済み。"],
    lines: ["Lines", "線の種類"],
    matched: ["found", "件"],
    next: ["Next", "次へ"],
    none: ["Nothing is called so. Try another word, or clear the filters.", "該当する図がない。別の語で探すか、条件を解除する。"],
    notes: ["Notes", "注記"],
    outdated: ["outdated", "旧情報"],
    picture: ["Picture", "構成図"],
    play: ["Play the steps", "手順を再生"],
    previous: ["Previous", "前へ"],
    search: ["Search titles, services and notes", "タイトル・サービス・注記を検索"],
    service: ["Service", "サービス"],
    services: ["Services", "サービス"],
    skip: ["Skip to content", "本文へ移動"],
    source: ["Source", "ソース"],
    sourceOf: ["Source of the note", "注記の出典"],
    steps: ["Steps", "手順"],
    stop: ["Stop", "停止"],
    theme: ["Colour scheme", "配色"],
    themeAuto: ["Auto", "自動"],
    themeDark: ["Dark", "ダーク"],
    themeLight: ["Light", "ライト"],
    tip: ["Point at or tab to a service to see what it is connected with; Enter keeps it.",
          "サービスを指すか Tab で選ぶと、つながる線が浮かぶ。Enter で固定。"],
    today: ["Today", "現在"],
    violated: ["broken here on purpose", "意図的な違反"],
    violatedPlain: ["broken here", "違反"],
    wrong: ["not so", "誤り"],
    write: ["Draw it yourself", "自分で描く"],
    zoomIn: ["Larger", "拡大"],
    zoomOut: ["Smaller", "縮小"],
};

export const kinds = {
    fact: ["Fact", "事実"], rule: ["Rule", "ルール"], recommendation: ["Recommendation", "推奨"], limit: ["Limit", "制限"],
    warning: ["Warning", "注意"],
};

const pick = (pair, lang) => pair[languages.indexOf(lang)];
export const word = (name, lang) => pick(both[name], lang);
export const kindName = (kind, lang) => (kinds[kind] ? pick(kinds[kind], lang) : kind);
