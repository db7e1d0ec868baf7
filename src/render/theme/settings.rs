//! Settings of a theme: `settings:` in `theme.yaml` declares them, `theme_settings:` in `site.yaml` makes them, and
//! templates receive them as `settings`.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::chain::{ChainedTheme, carried, chain_of};
use super::files::CIVIC;
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{
    Code, Diagnostic, Location, RelPath, SourceTexts, WithDiagnostics, excerpt, quoted_choice, quoted_list,
};
use crate::model::SiteInfo;
use crate::source::SourceTree;
use crate::source::files::{HexColour, NamedLink, SettingEntry, SettingKind};
use crate::source::schema;
use crate::source::yaml::from_yaml::{FromYaml, RawYaml, YamlReader};
use crate::source::yaml::{DecimalNumber, Spanned, Text};

/// A setting that a theme offers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ThemeSetting {
    /// What it does, in one sentence.
    pub about: String,
    pub kind: SettingKind,
    /// The words to choose from; empty for other types.
    pub choices: Vec<String>,
    /// Its value if the site does not set it.
    pub default: SettingValue,
}

/// The value of a setting, as templates receive it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub(crate) enum SettingValue {
    Nothing,
    Text(String),
    Number(#[serde(serialize_with = "as_written")] f64),
    Boolean(bool),
    Links(Vec<SettingLink>),
}

/// A whole number without decimals, so that templates show `2` and not `2.0`.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn as_written<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    match format!("{number:.0}").parse::<i64>() {
        Ok(whole) if number.fract() == 0.0 => serializer.serialize_i64(whole),
        _ => serializer.serialize_f64(*number),
    }
}

/// A link of a setting, with the field names of all links in templates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct SettingLink {
    pub title: String,
    pub href: Option<String>,
}

/// The settings that a site's theme and the themes it extends offer, by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct ThemeSettings(pub BTreeMap<String, ThemeSetting>);

impl ThemeSettings {
    /// The settings of a site's theme. Errors in it are reported where pages are rendered.
    #[must_use]
    pub(crate) fn from_site(tree: &SourceTree, site: &SiteInfo) -> Self {
        Self::new(&chain_of(tree, site, &mut Vec::new())).value
    }

    /// The settings of the built-in theme.
    #[must_use]
    pub(crate) fn built_in() -> Self {
        Self::new(&[carried()]).value
    }

    /// The settings of a chain of themes, the site's own first. A theme's declaration replaces those of the themes it
    /// extends.
    pub(super) fn new(chain: &[ChainedTheme]) -> WithDiagnostics<Self> {
        let (mut settings, mut diagnostics) = (BTreeMap::new(), Vec::new());
        // The files of a site's own `themes/civic/` take precedence one by one, and its settings likewise: the built-in
        // templates need theirs.
        let built_in = chain.iter().any(|theme| theme.name == CIVIC).then(carried);
        for theme in built_in.iter().chain(chain.iter().rev()) {
            for (name, entry) in theme.about.settings.iter().flat_map(|settings| &settings.0) {
                let setting = declared(&theme.file, name, entry).emit_into(&mut diagnostics);
                settings.extend(setting.map(|setting| (name.value.clone(), setting)));
            }
        }
        WithDiagnostics::new(Self(settings), diagnostics)
    }

    /// The value of each setting: the site's, or else the default. Wrong and unknown ones are reported.
    #[must_use]
    pub(crate) fn chosen(&self, tree: &SourceTree, site: &SiteInfo) -> WithDiagnostics<BTreeMap<&str, SettingValue>> {
        let mut values = self.defaults();
        let text = tree.text(&site.file).unwrap_or_default();
        let mut reader = YamlReader::new(&site.file, &text);
        for (name, written) in &site.theme_settings {
            let Some((name, setting)) = self.0.get_key_value(&name.value) else {
                reader.diagnostics.push(self.unknown(site, name));
                continue;
            };
            values.extend(
                read(&mut reader, name, setting.kind, &setting.choices, written).map(|value| (name.as_str(), value)),
            );
        }
        WithDiagnostics::new(values, reader.diagnostics)
    }

    /// The value of each setting of which a site says nothing.
    #[must_use]
    pub(super) fn defaults(&self) -> BTreeMap<&str, SettingValue> {
        self.0.iter().map(|(name, setting)| (name.as_str(), setting.default.clone())).collect()
    }

    /// The JSON Schema of `theme_settings`. With `is_complete`, no other settings are allowed.
    #[must_use]
    pub(crate) fn schema(&self, is_complete: bool) -> Value {
        let properties: Map<String, Value> =
            self.0.iter().map(|(name, setting)| (name.clone(), setting.schema())).collect();
        json!({
            "type": ["object", "null"],
            "description": "Settings of the theme. `annal theme settings` lists them.",
            "properties": properties,
            "additionalProperties": !is_complete,
        })
    }

    fn unknown(&self, site: &SiteInfo, name: &Text) -> Diagnostic {
        let known: Vec<&str> = self.0.keys().map(String::as_str).collect();
        let message = format!("the theme `{}` has no setting `{}`", site.theme.value, excerpt(name));
        let help = did_you_mean(name, known.iter().copied()).unwrap_or_else(|| match known[..] {
            [] => "remove it: this theme has no settings".to_owned(),
            _ => format!("use one of {}, or see `annal theme settings`", quoted_list(&known)),
        });
        Diagnostic::new(Code::UnknownKey, Location::new(&site.file, name.span), message).help(help)
    }
}

impl ThemeSetting {
    /// The JSON Schema of its values.
    fn schema(&self) -> Value {
        let shape = match self.kind {
            SettingKind::Text | SettingKind::Choice => Text::shape(),
            SettingKind::Number => Spanned::<DecimalNumber>::shape(),
            SettingKind::Boolean => Spanned::<bool>::shape(),
            SettingKind::Colour => Spanned::<HexColour>::shape(),
            SettingKind::Links => Vec::<NamedLink>::shape(),
        };
        let mut schema = schema::described(&shape, &self.about);
        if self.kind == SettingKind::Choice {
            schema["enum"] = self.choices.clone().into();
        }
        if self.default != SettingValue::Nothing {
            schema["default"] = json!(self.default);
        }
        schema
    }
}

/// A setting as `theme.yaml` declares it; nothing if its type cannot be read, which has been reported.
fn declared(file: &RelPath, name: &Text, entry: &SettingEntry) -> WithDiagnostics<Option<ThemeSetting>> {
    let mut reader = YamlReader::new(file, "");
    let (Some(kind), Some(about)) = (&entry.kind, &entry.about) else { return WithDiagnostics::default() };
    let choices: Vec<String> = entry.choices.iter().flatten().map(|word| word.value.clone()).collect();
    if kind.value == SettingKind::Choice && choices.is_empty() {
        let message = format!("the setting `{}` has nothing to choose from", name.value);
        reader.report(Code::MissingKey, name.span, message, "add `choices:` with the words that it may have");
    }
    let default = match &entry.default {
        Some(written) => read(&mut reader, name, kind.value, &choices, written).unwrap_or(SettingValue::Nothing),
        None => SettingValue::Nothing,
    };
    let setting = ThemeSetting { about: about.value.clone(), kind: kind.value, choices, default };
    WithDiagnostics::new(Some(setting), reader.diagnostics)
}

/// Reads a value of a type. Reports a wrong one and returns nothing.
fn read(
    reader: &mut YamlReader<'_>,
    name: &str,
    kind: SettingKind,
    choices: &[String],
    written: &RawYaml,
) -> Option<SettingValue> {
    let node = &written.0;
    match kind {
        SettingKind::Text => reader.value_of::<Text>(name, node).map(|text| SettingValue::Text(text.value)),
        SettingKind::Number => {
            reader.value_of::<Spanned<DecimalNumber>>(name, node).map(|number| SettingValue::Number(number.value.0))
        }
        SettingKind::Boolean => {
            reader.value_of::<Spanned<bool>>(name, node).map(|value| SettingValue::Boolean(value.value))
        }
        SettingKind::Colour => {
            reader.value_of::<Spanned<HexColour>>(name, node).map(|colour| SettingValue::Text(colour.value.0))
        }
        SettingKind::Choice => {
            let word = reader.value_of::<Text>(name, node)?;
            if choices.contains(&word.value) {
                return Some(SettingValue::Text(word.value));
            }
            let known: Vec<&str> = choices.iter().map(String::as_str).collect();
            let help = did_you_mean(&word, known.iter().copied())
                .unwrap_or_else(|| format!("write {}", quoted_choice(&known)));
            let message = format!("`{name}` cannot be `{}`", excerpt(&word));
            reader.report(Code::BadValue, word.span, message, help);
            None
        }
        SettingKind::Links => {
            let links = reader.value_of::<Vec<NamedLink>>(name, node)?;
            let links = links.into_iter().filter_map(|link| {
                Some(SettingLink { title: link.name?.value, href: link.url.map(|url| url.value.0) })
            });
            Some(SettingValue::Links(links.collect()))
        }
    }
}
