"""The locale keys that pyRevit's C# loader knows; it drops any other with a warning."""

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
"""From `LocaleSupport.cs`; the Python loader knows them too."""
