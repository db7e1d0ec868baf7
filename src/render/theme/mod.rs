//! Themes: chooses the file to use from the chain of themes, and wraps the template engine.
//!
//! A theme is a folder in `themes/` and takes missing files from the theme it extends. The theme `civic` is built in;
//! files in the site's own `themes/civic/` replace the built-in ones.

mod assets;
mod budget;
mod budgeted_template;
mod chain;
pub(crate) mod copy;
pub(crate) mod custom_property;
mod dark_mode;
mod embedded;
mod field_check;
mod files;
mod functions;
mod gap_check;
mod headings;
mod language;
mod locale_check;
mod locale_file;
mod markup_check;
mod minify_css;
#[cfg(test)]
mod reference;
mod render_error;
mod rewrite_urls;
mod settings;
mod style_check;
mod template_error;
mod template_parts;
mod template_paths;
mod template_tags;
mod template_text;
mod template_uses;
mod usage_check;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, Tera};

pub(crate) use self::assets::AssetCopies;
use self::assets::Assets;
use self::budget::{BoundedOutput, PageBudgets};
use self::chain::{ChainedTheme, chain_of, files_of};
pub(crate) use self::dark_mode::DarkMode;
use self::field_check::TemplateNames;
use self::files::{CIVIC, ThemeFiles};
pub(crate) use self::functions::register_texts;
pub(crate) use self::render_error::{RenderError, report_failures};
pub(crate) use self::settings::{SettingValue, ThemeSetting, ThemeSettings};
use self::template_error::TemplateErrors;
pub(crate) use self::template_parts::{PartPlace, TemplatePart, TemplateParts};
use self::template_text::{TemplateText, Templates};
use super::route::Address;
use super::view::TemplateData;
use crate::chart::PictureStyle;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, SourceTexts, WithDiagnostics};
use crate::locale::Locale;
use crate::model::SiteInfo;
use crate::model::palette::Palette;
use crate::quantity::Colour;
use crate::source::digest::{Digest, hash, hash128};
use crate::source::{FileContent, SourceTree};
pub(crate) use tera::Value;

/// A theme that is ready to render pages.
pub(crate) struct Theme {
    tera: Tera,
    /// All templates by name in the engine (`civic/base.html`), to find the place of an error.
    texts: Templates,
    /// The values that all pages share.
    meters: Arc<PageBudgets>,
    /// The assets, keyed by published address.
    pub assets: BTreeMap<Address, Arc<[u8]>>,
    /// The style of charts as pictures of their own.
    pub chart_style: PictureStyle,
    /// The smaller copies of its pictures.
    pub copies: Vec<AssetCopies>,
    /// The theme's own files that the assets are made from.
    pub asset_files: Vec<(Address, RelPath)>,
    /// The texts of the interface.
    pub words: Arc<Locale>,
    /// Whether readers get dark colours.
    pub dark_mode: DarkMode,
    /// The values of the settings that it offers.
    pub settings: BTreeMap<String, SettingValue>,
    /// The names of the themes of its chain, the site's own first.
    themes: Vec<String>,
    /// The places of errors that were found by reading the templates, and are not reported again in rendering.
    reported: Vec<Location>,
    /// The hash of everything its pages depend on, except the data of each page.
    fingerprint: Digest,
}

impl Theme {
    /// Loads a site's theme. If it has errors, they are reported and the built-in theme is used, so there is always a
    /// theme.
    #[must_use]
    pub(crate) fn load(tree: &SourceTree, site: &SiteInfo) -> WithDiagnostics<Self> {
        let mut diagnostics = Vec::new();
        let chain = chain_of(tree, site, &mut diagnostics);
        let files = all_files(tree, &chain);
        diagnostics.extend(locale_check::check(&files));
        diagnostics.extend(copy::check(&files));
        diagnostics.extend(style_check::check(&files));
        diagnostics.extend(usage_check::check_properties(&files));
        diagnostics.extend(assets::check_pictures(&files));
        diagnostics.extend(usage_check::check_files(&files, &tree.text(&site.file).unwrap_or_default()));
        let settings = ThemeSettings::new(&chain).emit_into(&mut diagnostics);
        let chosen = settings.chosen(tree, site).emit_into(&mut diagnostics);
        let words = Arc::new(locale_file::locale(&files, &site.language));
        let names: Vec<String> = chain.into_iter().map(|theme| theme.name).collect();
        let dark_mode = DarkMode::from_settings(&chosen);
        let theme = match Self::assemble(&names, &files, &words, dark_mode, site.brand.accent) {
            Ok(theme) => theme.with_settings(&chosen),
            Err(errors) => {
                diagnostics.extend(errors.into_diagnostics());
                Self::carried(site)
            }
        };
        WithDiagnostics::new(theme, diagnostics)
    }

    /// The built-in theme without changes.
    fn carried(site: &SiteInfo) -> Self {
        let files = vec![embedded::files()];
        let words = Arc::new(locale_file::locale(&files, &site.language));
        let carried = Self::assemble(&[CIVIC.to_owned()], &files, &words, DarkMode::Automatic, site.brand.accent);
        let carried = carried.unwrap_or_else(|_| unreachable!("a test renders every page with the built-in theme"));
        carried.with_settings(&ThemeSettings::built_in().defaults())
    }

    /// The theme with the values of its settings.
    fn with_settings(mut self, chosen: &BTreeMap<&str, SettingValue>) -> Self {
        self.settings = chosen.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        self.share("settings", chosen);
        self
    }

    /// Adds all files of a chain of themes, the site's own first, to the template engine. `accent` is the partnership's
    /// colour.
    fn assemble(
        chain: &[String],
        files: &[ThemeFiles],
        words: &Arc<Locale>,
        dark_mode: DarkMode,
        accent: Option<Colour>,
    ) -> Result<Self, TemplateErrors> {
        let mut texts = BTreeMap::new();
        for (rank, (name, files)) in chain.iter().zip(files).enumerate() {
            for (path, file) in files {
                if let (Some(template), FileContent::Text(text)) = (path.strip_prefix("templates/"), &file.content) {
                    let name = format!("{name}/{template}");
                    let (file, text, is_carried) = (file.path.clone(), text.clone(), !file.is_own);
                    texts.insert(name, TemplateText { file, text, metered: None, rank, is_carried });
                }
            }
        }
        let has_images = texts.values().any(|template| template.text.contains("image("));
        let assets = Assets::new(files, dark_mode, has_images);
        let chart_style = chart_style(files, &assets, accent);
        let Assets { files: assets, sources: asset_files, addresses, pictures, copies } = assets;
        let (addresses, pictures) = (Arc::new(addresses), Arc::new(pictures));
        let meters = Arc::<PageBudgets>::default();
        // The engine looks for a template in each theme in turn. So `base.html` is the first one found, and
        // `civic/base.html` is civic's, which a template of the same name may extend.
        let prefixes: Vec<String> = chain.iter().map(|name| format!("{name}/")).collect();
        let engine = || {
            let mut tera = Tera::new();
            // Functions come first, because templates are checked against them when they are added.
            functions::register_texts(&mut tera, words);
            functions::register_page_functions(&mut tera, &addresses, &pictures, words);
            meters.register(&mut tera);
            if tera.set_fallback_prefixes(prefixes.clone()).is_err() {
                unreachable!("no template has been added yet");
            }
            tera
        };
        let mut tera = engine();
        template_error::add_templates(&mut tera, &texts)?;
        template_error::meter(&mut tera, &mut texts, engine);
        tera.global_context().insert("words", &words.plain());
        let files = texts.iter().map(|(name, template)| (name.as_str(), &*template.text)).collect::<Vec<_>>();
        let served = assets.keys().map(Address::as_str).collect::<Vec<_>>();
        let fingerprint = hash128(&(chain, files, served, words));
        Ok(Self {
            tera,
            texts,
            meters,
            assets,
            chart_style,
            copies,
            asset_files,
            words: words.clone(),
            dark_mode,
            settings: BTreeMap::new(),
            themes: chain.to_vec(),
            reported: Vec::new(),
            fingerprint,
        })
    }

    /// Gives every page a value under a name.
    ///
    /// # Panics
    ///
    /// If the value cannot be converted to a template value. Every view can.
    pub(crate) fn share(&mut self, name: &'static str, value: &impl Serialize) {
        self.tera.global_context().insert(name, value);
        self.fingerprint = hash128(&(self.fingerprint, name, hash_of(value)));
    }

    /// The hash of everything its pages depend on, except the data of each page: templates, texts, addresses of assets,
    /// and shared values.
    #[must_use]
    pub(crate) fn fingerprint(&self) -> Digest {
        self.fingerprint
    }

    /// Reports names in the site's own templates that nothing has, components that do not fit their calls, and what
    /// nothing uses. `named` are the templates that pages name.
    pub(crate) fn check_templates(&mut self, named: &BTreeSet<String>, data: &TemplateData) -> Vec<Diagnostic> {
        if self.texts.values().all(|template| template.is_carried) {
            return Vec::new();
        }
        let texts = self.words.plain().into_keys().map(str::to_owned).collect();
        let settings = self.settings.keys().cloned().collect();
        let mut found = field_check::check(&self.texts, &TemplateNames { data, texts, settings });
        found.extend(gap_check::check(&self.texts, &self.words));
        found.extend(usage_check::check_templates(&self.texts, named, data));
        let faults = found.iter().filter(|one| one.code == Code::TemplateError);
        self.reported.extend(faults.map(|one| one.location.clone()));
        found
    }

    /// The addresses within the site that its own templates write out, each with its place.
    #[must_use]
    pub(crate) fn written_links(&self) -> Vec<(Location, Address)> {
        let own = self.texts.values().filter(|template| !template.is_carried);
        let links = |template: &'_ TemplateText| {
            let links = markup_check::links_within(&template.text).into_iter();
            links
                .map(|(span, address)| (Location::new(&template.file, span), Address::new(address)))
                .collect::<Vec<_>>()
        };
        own.flat_map(links).collect()
    }

    /// Whether one of the chain's themes has a template, such as `page.html`.
    #[must_use]
    pub(crate) fn has_template(&self, name: &str) -> bool {
        self.template_names().any(|known| known == name)
    }

    /// The names of all templates, without their themes.
    pub(crate) fn template_names(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().filter_map(|name| Some(name.split_once('/')?.1))
    }

    /// Where the parts of each of these templates come from.
    #[must_use]
    pub(crate) fn parts<'n>(&self, templates: impl Iterator<Item = &'n str>) -> Vec<(String, TemplateParts)> {
        template_parts::parts(&self.themes, &self.texts, templates)
    }

    /// Renders a template with the given named values.
    ///
    /// # Errors
    ///
    /// If the template fails or does not exist.
    pub(crate) fn render(
        &self,
        template: &str,
        given: impl IntoIterator<Item = (&'static str, Value)>,
    ) -> Result<Vec<u8>, RenderError> {
        let mut context = Context::new();
        for (name, value) in given {
            context.insert_value(name, value);
        }
        if self.meters.is_over() {
            return Err(RenderError { faults: TemplateErrors::none(), is_spent: true });
        }
        self.meters.begin();
        let mut page = BoundedOutput::new(&self.meters);
        let rendered = self.tera.render_to(template, &context, &mut page);
        match (rendered, self.meters.end()) {
            (Ok(()), _) => Ok(page.bytes),
            (Err(_), Some((spent, spot))) => Err(RenderError {
                faults: TemplateErrors::of_spent(spent, spot, template, &self.texts),
                is_spent: true,
            }),
            (Err(error), None) => {
                let faults =
                    TemplateErrors::from_tera(&error, template, &self.texts).without(&self.reported, &self.texts);
                Err(RenderError { faults, is_spent: false })
            }
        }
    }

    /// Whether a page was abandoned because its template did too much. No other page is rendered then.
    #[must_use]
    pub(crate) fn is_over(&self) -> bool {
        self.meters.is_over()
    }
}

/// The style of charts as pictures, in the colours that a page gives them: each theme of a chain may set them, and last the
/// partnership itself.
fn chart_style(files: &[ThemeFiles], assets: &Assets, accent: Option<Colour>) -> PictureStyle {
    let brand = accent.map(|accent| Palette::new(accent).style());
    let sheets = assets::sheets(files).into_iter().map(|path| assets.text(path)).collect::<Vec<_>>();
    let sheets = sheets.iter().map(|sheet| &**sheet).chain(brand.as_deref()).collect::<Vec<_>>();
    PictureStyle::from_css(&assets.text("charts.css"), &sheets)
}

/// The files of each theme of a chain.
fn all_files(tree: &SourceTree, chain: &[ChainedTheme]) -> Vec<ThemeFiles> {
    chain.iter().map(|theme| files_of(tree, &theme.name)).collect()
}

/// A view as a template value. Shared values are converted once; cloning them only copies a pointer.
#[must_use]
pub(crate) fn value_of(view: &impl Serialize) -> Value {
    Value::try_from_serializable(view).unwrap_or_else(|_| unreachable!("views contain only texts, numbers and lists"))
}

/// The hash of a page's views in serialised form.
#[must_use]
pub(crate) fn hash_of(shown: &impl Serialize) -> Digest {
    let written = serde_json::to_vec(shown);
    hash(&written.unwrap_or_else(|_| unreachable!("views contain only texts, numbers and lists")))
}

/// A language's own name, from the site's theme. `None` if the theme has no locale for it.
#[must_use]
pub(crate) fn language_name(tree: &SourceTree, site: &SiteInfo, language: &str) -> Option<String> {
    let chain = chain_of(tree, site, &mut Vec::new());
    let files = all_files(tree, &chain);
    let primary = language.split('-').next().unwrap_or(language);
    // A locale with errors is reported elsewhere, and still counts as a locale.
    let is_unread = |name: &str| {
        chain
            .iter()
            .any(|theme| tree.unreadable.contains(format!("themes/{}/locales/{name}.yaml", theme.name).as_str()))
    };
    let speaks =
        |name: &str| is_unread(name) || files.iter().any(|files| files.contains_key(&format!("locales/{name}.yaml")));
    let is_spoken = speaks(language) || speaks(primary) || primary == "en";
    is_spoken.then(|| locale_file::locale(&files, language).text("language_name").to_owned())
}

/// The texts of a site's main language, from its theme. Errors in the theme are reported elsewhere.
#[must_use]
pub(crate) fn site_locale(tree: &SourceTree, site: &SiteInfo) -> Locale {
    let chain = chain_of(tree, site, &mut Vec::new());
    let files = all_files(tree, &chain);
    locale_file::locale(&files, &site.language)
}

/// The texts of a language in the built-in theme.
#[must_use]
pub fn carried_locale(language: &str) -> Locale {
    locale_file::locale(&[embedded::files()], language)
}

#[cfg(test)]
mod tests;
