"""The person's language: our translation and Qt's own, and the separators in numbers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from attrlens import log, paths, words

logger = log.get(__name__)

CONTEXT = "AttrLens"
LANGUAGES = ("en", "es")
SIGNS = {"en": (",", ".", "%"), "es": (".", ",", "\N{NO-BREAK SPACE}%")}
"""Between thousands, before decimals, after percents."""


def chosen(setting: str) -> str:
    """The language of a setting: one we have, or the system's if we have it, else English."""
    if setting in LANGUAGES:
        return setting
    system = QLocale.system().name().partition("_")[0]
    return system if system in LANGUAGES else "en"


def install(application: QCoreApplication, setting: str) -> str:
    """Say everything in that language from now on.

    Returns
    -------
    str
        The language: 'en' or 'es'.
    """
    language = chosen(setting)
    for old in application.findChildren(QTranslator):
        application.removeTranslator(old)
        old.deleteLater()
    words.use(None)
    QLocale.setDefault(QLocale(language))  # numbers that are typed look like those that are shown
    if language == "en":
        return language
    qt_path = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in ((f"qtbase_{language}", qt_path), (str(paths.translation(language)), "")):
        translator = QTranslator(application)
        if translator.load(name, folder) and application.installTranslator(translator):
            continue
        logger.warning("the translation %s is missing", name)
        translator.deleteLater()
    words.use(lambda source: QCoreApplication.translate(CONTEXT, source), *SIGNS[language])
    return language
