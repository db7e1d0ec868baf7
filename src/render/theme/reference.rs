//! What a theme can change in the built-in one: blocks, components, custom properties, texts. Read from its files, so
//! that the documentation cannot differ from them.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::copy::originals;
use super::custom_property::{CustomProperty, custom_properties};
use super::language::{FILTERS, FUNCTIONS, TESTS};
use super::locale_file::{FALLBACK, PluralEntry};
use super::settings::{SettingValue, ThemeSettings};
use super::template_uses::{DeclaredBlock, DeclaredComponent, TemplateUses};
use super::{embedded, locale_file};
use crate::diagnostic::Span;
use crate::source::FileContent;
use crate::source::files::ThemeFile;
use crate::source::yaml::{ShortOr, TextOr};

/// A component of the built-in templates.
struct TemplateComponent {
    name: &'static str,
    /// Its arguments as declared.
    arguments: &'static str,
    /// The comment above it.
    about: &'static str,
}

/// A block of the built-in templates.
#[derive(Default)]
struct TemplateBlock {
    /// The templates that have it.
    templates: Vec<&'static str>,
    /// The comment above it, in the template that all others extend.
    about: &'static str,
}

/// The blocks of the built-in templates, by name.
fn blocks() -> BTreeMap<&'static str, TemplateBlock> {
    let mut blocks: BTreeMap<_, TemplateBlock> = BTreeMap::new();
    for (template, text) in templates() {
        for DeclaredBlock { name, span, .. } in TemplateUses::new(text).blocks {
            let block = blocks.entry(name).or_default();
            if !block.templates.contains(&template) {
                block.templates.push(template);
            }
            block.about = comment_above(text, span).unwrap_or(block.about);
        }
    }
    blocks
}

/// The comment above the tag that a place is in.
fn comment_above(text: &'static str, place: Span) -> Option<&'static str> {
    let (above, _) = text[..place.start as usize].rsplit_once("{%")?;
    let (_, about) = above.trim_end().strip_suffix("#}")?.rsplit_once("{#")?;
    Some(about.trim_matches('-').trim())
}

/// The components of the built-in templates, by template.
fn components() -> Vec<(&'static str, Vec<TemplateComponent>)> {
    let of = |(template, text): (&'static str, &'static str)| {
        let component = |DeclaredComponent { name, span, .. }| {
            let (arguments, _) = text[span.end as usize..].split_once("%}").unwrap_or_default();
            let arguments = arguments.trim_end_matches('-').trim();
            let arguments = arguments.trim_start_matches('(').trim_end_matches(')');
            TemplateComponent { name, arguments, about: comment_above(text, span).unwrap_or_default() }
        };
        (template, TemplateUses::new(text).components.into_iter().map(component).collect::<Vec<_>>())
    };
    templates().map(of).filter(|(_, found)| !found.is_empty()).collect()
}

/// The names and texts of the built-in templates.
fn templates() -> impl Iterator<Item = (&'static str, &'static str)> {
    originals().filter_map(|original| Some((original.path.strip_prefix("templates/")?, original.text)))
}

/// The whole reference, `docs/theme-reference.md`.
#[must_use]
pub(crate) fn reference() -> String {
    let mut text = "\
        <!-- Generated from themes/civic by a test; run `ANNAL_BLESS=1 cargo test --lib the_theme_is_documented` to update it. -->\n\
        # What a theme can change\n\n\
        Everything here belongs to `civic`, the built-in theme, which other themes extend. [Making a theme](themes.md) \
        explains how, and [the data for templates](views.md) lists what templates receive.\n\n\
        ## theme.yaml\n\n| key | means |\n| --- | --- |\n"
        .to_owned();
    for field in ThemeFile::record().fields {
        let _ = writeln!(text, "| `{}` | {} |", field.key, field.doc.trim());
    }
    text.push_str(
        "\nEach setting has `type` (`text`, `number`, `boolean`, `choice`, `colour` or `links`), `about`, and \
         optionally `default` and `choices`. Templates receive the values as `settings`, for example `settings.tagline`.\n\n\
         ## Settings\n\nWhat a site can write in `site.yaml` under `theme_settings`, also with a theme that extends civic.\n\n\
         | setting | values | default | does |\n| --- | --- | --- | --- |\n",
    );
    for (name, setting) in &ThemeSettings::built_in().0 {
        let values: Vec<String> = setting.choices.iter().map(|choice| format!("`{choice}`")).collect();
        let values = if values.is_empty() { setting.kind.word().to_owned() } else { values.join(", ") };
        let default = match &setting.default {
            SettingValue::Text(text) => format!("`{text}`"),
            _ => String::new(),
        };
        let _ = writeln!(text, "| `{name}` | {values} | {default} | {} |", setting.about);
    }
    text.push_str(
        "\n## Blocks\n\nA template that extends another one can replace its blocks. `{{ super() }}` is what the block had. \
         Those of the top and the foot are replaced in `top.html` and `foot.html`, which begin with \
         `{% extends \"civic/top.html\" %}`.\n\n| block | is | in |\n| --- | --- | --- |\n",
    );
    for (block, TemplateBlock { templates, about }) in blocks() {
        let templates: Vec<String> = templates.iter().map(|template| format!("`{template}`")).collect();
        let _ = writeln!(text, "| `{block}` | {about} | {} |", templates.join(", "));
    }
    text.push_str(
        "\n## Components\n\nA component with the same name in your theme replaces civic's wherever it is used, \
         whatever the file is called. It needs the same arguments. An argument with `@` comes from the page by \
         itself.\n",
    );
    for (template, components) in components() {
        let _ = write!(text, "\n### {template}\n\n| component | arguments | what it is |\n| --- | --- | --- |\n");
        for TemplateComponent { name, arguments, about } in components {
            let _ = writeln!(text, "| `{name}` | `{arguments}` | {} |", about.replace('\n', " ").replace('|', "\\|"));
        }
    }
    text.push_str("\n## Custom properties\n\n| property | is | value | in dark mode |\n| --- | --- | --- | --- |\n");
    let properties = custom_properties();
    for CustomProperty { name, value, about, .. } in properties.iter().filter(|property| !property.is_dark) {
        let dark = properties.iter().find(|property| property.is_dark && property.name == *name);
        let dark = dark.map_or_else(String::new, |dark| format!("`{}`", dark.value));
        let _ = writeln!(text, "| `{name}` | {about} | `{value}` | {dark} |");
    }
    text.push_str("\n## Functions\n\n| function | gives |\n| --- | --- |\n");
    for (name, about) in FUNCTIONS {
        let _ = writeln!(text, "| `{name}` | {about} |");
    }
    text.push_str("\n## Filters\n\n| filter | gives |\n| --- | --- |\n");
    for (name, about) in FILTERS {
        let _ = writeln!(text, "| `{name}` | {about} |");
    }
    let tests: Vec<String> = TESTS.iter().map(|test| format!("`{test}`")).collect();
    let _ = write!(
        text,
        "\n## Tests\n\nAfter `is` or `is not`: {}.\n\n## Texts\n\nThe keys of `locales/{FALLBACK}.yaml`, with civic's \
         British English. Those that begin with `desk.` and `letter.` are seen by editors only.\n\n| key | text |\n\
         | --- | --- |\n",
        tests.join(", ")
    );
    for (key, english) in texts() {
        let _ = writeln!(text, "| `{key}` | {} |", english.replace('|', "\\|").replace('<', "&lt;"));
    }
    text
}

/// The texts of the interface in British English, in the order of the file. Of a text with several forms, the last.
fn texts() -> Vec<(String, String)> {
    let path = format!("locales/{FALLBACK}.yaml");
    let Some(file) = embedded::file(&path) else { return Vec::new() };
    let FileContent::Text(written) = &file.content else { return Vec::new() };
    let read = locale_file::read(&file.path, written).value.0;
    let text = |text: &TextOr<PluralEntry>| match text {
        ShortOr::One(text) => text.value.clone(),
        ShortOr::More(forms) => forms.forms().last().map(|(_, form)| form.value.clone()).unwrap_or_default(),
    };
    read.iter().map(|(key, entry)| (key.value.clone(), text(entry))).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::render::theme::{carried_locale, register_texts};

    #[test]
    fn the_theme_is_documented() {
        crate::testing::assert_kept("docs/theme-reference.md", &reference());
    }

    #[test]
    fn the_reference_names_what_there_is() {
        let blocks = blocks();
        assert!(blocks["content"].templates.contains(&"front.html") && blocks["h1"].templates == ["base.html"]);
        for (name, block) in &blocks {
            assert!(block.about.ends_with('.'), "the block `{name}` has no comment above it");
        }
        let components = components();
        for component in components.iter().flat_map(|(_, found)| found) {
            assert!(component.about.ends_with('.'), "the component `{}` has no comment above it", component.name);
        }
        let properties = custom_properties();
        for property in properties.iter().filter(|property| !property.is_dark) {
            assert!(property.about.ends_with('.'), "the property `{}` has no comment beside it", property.name);
        }
        for name in ["--accent", "--font-sans", "--chart-1"] {
            assert!(properties.iter().any(|property| property.name == name && !property.is_dark), "{name}");
        }
        let mut tera = tera::Tera::new();
        register_texts(&mut tera, &Arc::new(carried_locale("en-GB")));
        for (name, _) in FILTERS {
            let text = format!("{{{{ \"a\" | {name} }}}}");
            // A filter that does not exist is found when the template is read, a missing argument only when it is used.
            assert!(tera.add_raw_template("a", &text).is_ok(), "{name}");
        }
        for test in TESTS {
            assert!(tera.add_raw_template("a", &format!("{{% if 1 is {test} %}}{{% endif %}}")).is_ok(), "{test}");
        }
    }
}
