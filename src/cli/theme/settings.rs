//! `annal theme settings`: the settings that the site's theme offers.

use std::fmt::Write;
use std::process::ExitCode;

use serde_json::json;

use crate::cli::args::ListFormat;
use crate::cli::error::CliError;
use crate::cli::open_site::OpenSite;
use crate::cli::terminal::print;
use crate::cli::text_table;
use crate::model::assemble::assemble;
use crate::render::theme::{SettingValue, ThemeSetting, ThemeSettings};
use crate::source::files::SettingKind;

/// Prints the settings with their types, defaults and values.
pub(super) fn run(site: &OpenSite, format: ListFormat) -> Result<ExitCode, CliError> {
    let info = assemble(&site.tree).value.site;
    let settings = ThemeSettings::from_site(&site.tree, &info);
    let chosen = settings.chosen(&site.tree, &info).value;
    let value = |name: &str| chosen.get(name).unwrap_or(&SettingValue::Nothing);
    print(&match format {
        ListFormat::Json => {
            let list: Vec<_> = settings
                .0
                .iter()
                .map(|(name, setting)| {
                    json!({
                        "name": name, "type": setting.kind.word(), "about": setting.about, "choices": setting.choices,
                        "default": setting.default, "value": value(name),
                    })
                })
                .collect();
            format!("{:#}\n", json!({ "theme": info.theme.value, "settings": list }))
        }
        ListFormat::Human if settings.0.is_empty() => format!("The theme {} has no settings\n", info.theme.value),
        ListFormat::Human => {
            let mut rows = vec![["setting", "type", "default", "here"].map(str::to_owned).to_vec()];
            let mut about = String::new();
            for (name, setting) in &settings.0 {
                let default = shown(&setting.default);
                let here = shown(value(name));
                rows.push(vec![name.clone(), kind(setting), default, here]);
                let _ = writeln!(about, "{name}: {}", setting.about);
            }
            format!(
                "{}\n{about}\nWrite them in content/site.yaml, for example:\n{}",
                text_table::table(&rows),
                example(&settings)
            )
        }
    })?;
    Ok(ExitCode::SUCCESS)
}

fn kind(setting: &ThemeSetting) -> String {
    match setting.kind {
        SettingKind::Choice => setting.choices.join(" | "),
        kind => kind.word().to_owned(),
    }
}

fn shown(value: &SettingValue) -> String {
    match value {
        SettingValue::Nothing => "–".to_owned(),
        SettingValue::Text(text) => text.clone(),
        SettingValue::Number(number) => number.to_string(),
        SettingValue::Boolean(is_set) => is_set.to_string(),
        SettingValue::Links(links) => links.iter().map(|link| link.title.as_str()).collect::<Vec<_>>().join(", "),
    }
}

/// The lines that set the first setting.
fn example(settings: &ThemeSettings) -> String {
    let Some((name, setting)) = settings.0.first_key_value() else { return String::new() };
    let value = match setting.kind {
        SettingKind::Text => "\"some text\"".to_owned(),
        SettingKind::Number => "1".to_owned(),
        SettingKind::Boolean => "true".to_owned(),
        SettingKind::Choice => setting.choices.last().cloned().unwrap_or_default(),
        SettingKind::Colour => "\"#12436d\"".to_owned(),
        SettingKind::Links => "[{name: The council, url: \"https://example.org\"}]".to_owned(),
    };
    format!("  theme_settings:\n    {name}: {value}\n")
}
