//! `annal theme new`: a theme that extends the built-in one and changes nothing yet.

use std::fmt::Write;
use std::process::ExitCode;

use super::new::next_steps::command;
use super::new::{NewFile, quoted, write};
use crate::cli::args::GlobalArgs;
use crate::cli::error::CliError;
use crate::cli::open_site::OpenSite;
use crate::cli::terminal::Terminal;
use crate::render::theme::custom_property::{CustomProperty, custom_properties};
use crate::source::files::ProgramVersion;
use crate::source::slug::slug;
use crate::source::yaml::Slug;

/// Writes the new theme's files, and says how to use it.
pub(super) fn run(terminal: Terminal, global: &GlobalArgs, site: &OpenSite, name: &str) -> Result<ExitCode, CliError> {
    if !Slug::is_valid(name) {
        let message = format!("`{name}` cannot be the name of a theme's folder");
        let help = match slug(name) {
            like if like.is_empty() => "use only lower-case letters, digits and hyphens".to_owned(),
            like => format!("write it as `annal theme new {like}`"),
        };
        return Err(CliError::new(message).help(help));
    }
    if site.tree.files_under(&format!("themes/{name}")).next().is_some() {
        let help = "choose another name, or change that theme";
        return Err(CliError::new(format!("the theme {name} already exists and has not been changed")).help(help));
    }
    write(&site.root, &drafts(name))?;
    terminal.message(&format!(
        "Next, write this line in content/site.yaml:\n  theme: {name}\n\
         Then see what you change in the browser while you change it:\n{}\
         To change more than colours and fonts, copy one of the built-in theme's files into it:\n{}",
        command(global, "serve --open"),
        command(global, "theme eject").trim_end(),
    ));
    Ok(ExitCode::SUCCESS)
}

fn drafts(name: &str) -> Vec<NewFile> {
    let file = |path: &str, text: String| NewFile { path: format!("themes/{name}/{path}"), text };
    let title = name.replace('-', " ");
    let [major, minor, _] = ProgramVersion::current().0;
    let about = format!(
        "name: {}\nversion: \"1.0\"\n# All files that this theme does not have come from civic, the built-in theme.\n\
         extends: civic\nrequires: \"{major}.{minor}\"\n",
        quoted(&title)
    );
    let base = format!(
        "{{#- Civic's page frame with an additional style sheet. -#}}\n{{% extends \"civic/base.html\" %}}\n\
         {{% block head -%}}\n{{{{ super() }}}}\n\
         <link rel=\"stylesheet\" href=\"{{{{ page.root }}}}{{{{ asset(path=\"{name}.css\") }}}}\">\n{{%- endblock head %}}\n"
    );
    vec![
        file("theme.yaml", about),
        file("templates/base.html", base),
        file(&format!("assets/{name}.css"), style_sheet()),
    ]
}

/// A style sheet with every custom property of the built-in theme, all of them in comments.
fn style_sheet() -> String {
    let mut sheet = "/* What differs from civic. To change a colour, a font or a size, take its line out of the comment and change\n   \
                     the value. Text needs a contrast of 4.5:1 to its background, in light and in dark mode. */\n"
        .to_owned();
    let (light, dark): (Vec<_>, Vec<_>) = custom_properties().into_iter().partition(|property| !property.is_dark);
    let block = |indent: &str, properties: &[CustomProperty]| {
        let lines =
            properties.iter().map(|property| format!("{indent}  /* {}: {}; */\n", property.name, property.value));
        format!("{indent}:root {{\n{}{indent}}}\n", lines.collect::<String>())
    };
    let _ = write!(
        sheet,
        "\n{}\n@media screen and (prefers-color-scheme: dark) {{\n{}}}\n",
        block("", &light),
        block("  ", &dark)
    );
    sheet
}
