"""Words of pyRevit that a recipe and a bundle may use: contexts and languages."""

CONTEXT_TOKENS = frozenset(
    [
        "zero-doc", "selection", "doc-project", "doc-family", "doc-workshared", "doc-cloud",
        "active-drafting-view", "active-detail-view", "active-plan-view", "active-floor-plan",
        "active-rcp-plan", "active-structural-plan", "active-area-plan", "active-elevation-view",
        "active-section-view", "active-3d-view", "active-sheet", "active-legend",
        "active-schedule", "active-panel-schedule", "active-column-schedule",
    ]
)  # fmt: skip
"""What a context may ask for besides categories (ScriptCommands.cs)."""

ENGLISH = "en_us"
LOCALES: frozenset[str] = frozenset(
    [
        "en_us",
        "en_gb",
        "de_de",
        "es_es",
        "fr_fr",
        "it_it",
        "nl_nl",
        "nl_be",
        "chinese_s",
        "chinese_t",
        "ja",
        "ko",
        "ru",
        "cs",
        "pl",
        "hu",
        "pt_br",
        "pt_pt",
        "bg",
        "fa",
        "ar",
        "uk",
    ]
)
"""The locale keys that pyRevit's C# loader knows; it drops any other with a warning
(`LocaleSupport.cs`; the Python loader knows them too)."""
