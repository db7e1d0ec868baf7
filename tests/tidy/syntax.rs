//! Reads a Rust file: the modules in it, what each declares and imports, and every path that the code names.

use std::collections::{BTreeMap, HashMap};

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, Macro, UseTree};

/// What a file declares and names.
#[derive(Default)]
pub(crate) struct Syntax {
    /// The modules in it by their full names: the file's own, and those written out in it.
    pub modules: HashMap<String, Module>,
    /// Every path that the code names, once for each module.
    pub mentions: BTreeMap<Mention, Line>,
    /// The types that it declares, without those of tests.
    pub types: Vec<(String, Line)>,
    /// The functions that it declares, without those of tests.
    pub functions: Vec<(String, Line)>,
    /// The types whose own methods it declares, as they are written there, without those of tests.
    pub methods: Vec<(Mention, Line)>,
    /// Macros that the whole crate sees.
    pub exported_macros: Vec<String>,
    /// Modules in files of their own that only tests see.
    pub test_modules: Vec<String>,
}

/// A module's scope.
#[derive(Default)]
pub(crate) struct Module {
    /// What it declares, modules apart.
    pub items: Vec<String>,
    /// Names that `use` brings in, with the paths that they stand for.
    pub imports: Vec<(String, Vec<String>)>,
    /// What `use …::*` names.
    pub globs: Vec<Vec<String>>,
}

/// A path, as it is written in a module.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mention {
    pub module: String,
    pub path: Vec<String>,
    /// Whether only tests name it.
    pub is_test: bool,
    /// Whether it is of a `pub use`.
    pub is_reexport: bool,
}

/// The number of a line, from 1.
pub(crate) type Line = usize;

/// Reads the file that is `module`.
pub(crate) fn read(module: &str, text: &str) -> syn::Result<Syntax> {
    let mut reader =
        Reader { syntax: Syntax::default(), module: module.to_owned(), is_test: false, is_reexport: false };
    reader.syntax.modules.insert(module.to_owned(), Module::default());
    reader.visit_file(&syn::parse_file(text)?);
    Ok(reader.syntax)
}

struct Reader {
    syntax: Syntax,
    /// Where the reader is.
    module: String,
    is_test: bool,
    is_reexport: bool,
}

impl Reader {
    fn scope(&mut self) -> &mut Module {
        self.syntax.modules.entry(self.module.clone()).or_default()
    }

    fn mentioned(&self, path: Vec<String>) -> Mention {
        let (is_test, is_reexport) = (self.is_test, self.is_reexport);
        Mention { module: self.module.clone(), path, is_test, is_reexport }
    }

    fn mention(&mut self, path: Vec<String>, span: Span) {
        let mention = self.mentioned(path);
        self.syntax.mentions.entry(mention).or_insert(span.start().line);
    }

    fn declare_methods(&mut self, of: &syn::Type) {
        if let syn::Type::Path(of) = of
            && !self.is_test
        {
            let mention = self.mentioned(segments(&of.path));
            self.syntax.methods.push((mention, of.path.segments[0].ident.span().start().line));
        }
    }

    fn declare(&mut self, name: &syn::Ident) {
        let name = name.to_string();
        self.scope().items.push(name);
    }

    fn declare_type(&mut self, name: &syn::Ident) {
        self.declare(name);
        if !self.is_test {
            self.syntax.types.push((name.to_string(), name.span().start().line));
        }
    }

    fn declare_function(&mut self, name: &syn::Ident) {
        if !self.is_test {
            self.syntax.functions.push((name.to_string(), name.span().start().line));
        }
    }

    /// Reads what is below an item or a statement, which only tests see if its attributes say so.
    fn within(&mut self, attributes: &[Attribute], read: impl FnOnce(&mut Self)) {
        let before = self.is_test;
        self.is_test |= attributes.iter().any(is_for_tests);
        read(self);
        self.is_test = before;
    }

    /// Reads a tree of `use`, whose paths begin with `path`.
    fn imports(&mut self, tree: &UseTree, path: &mut Vec<String>) {
        match tree {
            UseTree::Path(tree) => {
                path.push(tree.ident.to_string());
                self.imports(&tree.tree, path);
                path.pop();
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.imports(tree, path)),
            UseTree::Glob(glob) => {
                self.scope().globs.push(path.clone());
                self.mention(path.clone(), glob.star_token.spans[0]);
            }
            UseTree::Name(name) => self.import(&name.ident, &name.ident, path),
            UseTree::Rename(rename) => self.import(&rename.ident, &rename.rename, path),
        }
    }

    fn import(&mut self, name: &syn::Ident, known_as: &syn::Ident, path: &[String]) {
        let mut path = path.to_vec();
        if name != "self" {
            path.push(name.to_string());
        }
        let known_as = if known_as == "self" { path.last().cloned().unwrap() } else { known_as.to_string() };
        self.mention(path.clone(), name.span());
        self.scope().imports.push((known_as, path));
    }

    /// The paths among the tokens of a macro or an attribute, and the types that they declare.
    fn tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        let is = |at: usize, c: char| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == c);
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Ident(first) => {
                    let is_variable = at > 0 && is(at - 1, '$') && first != "crate";
                    let mut path = vec![first.to_string()];
                    while is(at + 1, ':') && is(at + 2, ':') {
                        let Some(TokenTree::Ident(next)) = tokens.get(at + 3) else { break };
                        path.push(next.to_string());
                        at += 3;
                    }
                    if !is_variable {
                        if let (Some(TokenTree::Ident(name)), [keyword]) = (tokens.get(at + 1), path.as_slice()) {
                            match keyword.as_str() {
                                "struct" | "enum" | "union" | "trait" | "type" => self.declare_type(name),
                                "fn" => self.declare_function(name),
                                _ => {}
                            }
                        }
                        self.mention(path, first.span());
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        self.within(attributes(item), |reader| {
            match item {
                Item::Struct(item) => reader.declare_type(&item.ident),
                Item::Enum(item) => reader.declare_type(&item.ident),
                Item::Union(item) => reader.declare_type(&item.ident),
                Item::Trait(item) => reader.declare_type(&item.ident),
                Item::Type(item) => reader.declare_type(&item.ident),
                Item::Fn(item) => {
                    reader.declare(&item.sig.ident);
                    reader.declare_function(&item.sig.ident);
                }
                Item::Impl(item) if item.trait_.is_none() => reader.declare_methods(&item.self_ty),
                Item::Const(item) => reader.declare(&item.ident),
                Item::Static(item) => reader.declare(&item.ident),
                _ => {}
            }
            visit::visit_item(reader, item);
        });
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let module = format!("{}::{}", self.module, item.ident);
        let Some((_, items)) = &item.content else {
            if self.is_test {
                self.syntax.test_modules.push(module);
            }
            return;
        };
        let parent = std::mem::replace(&mut self.module, module);
        self.scope();
        for item in items {
            self.visit_item(item);
        }
        self.module = parent;
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.is_reexport = !matches!(item.vis, syn::Visibility::Inherited);
        self.imports(&item.tree, &mut Vec::new());
        self.is_reexport = false;
    }

    fn visit_item_macro(&mut self, item: &'ast syn::ItemMacro) {
        if let Some(name) = &item.ident {
            self.declare(name);
            if item.attrs.iter().any(|attribute| attribute.path().is_ident("macro_export")) {
                self.syntax.exported_macros.push(name.to_string());
            }
        } else if let Ok(name) = item.mac.parse_body_with(only_a_name) {
            self.declare_type(&name);
        }
        self.visit_macro(&item.mac);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.within(&function.attrs, |reader| {
            reader.declare_function(&function.sig.ident);
            visit::visit_impl_item_fn(reader, function);
        });
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        self.declare_function(&function.sig.ident);
        visit::visit_trait_item_fn(self, function);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.mention(segments(path), path.segments[0].ident.span());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.visit_path(&call.path);
        self.tokens(call.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        if let syn::Meta::List(list) = &attribute.meta {
            self.tokens(list.tokens.clone());
        }
    }

    /// `pub(in crate::model)` imports nothing.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}
}

/// What `id! { /// An agency. AgencyId }` declares.
fn only_a_name(input: syn::parse::ParseStream<'_>) -> syn::Result<syn::Ident> {
    Attribute::parse_outer(input)?;
    input.parse()
}

fn segments(path: &syn::Path) -> Vec<String> {
    path.segments.iter().map(|segment| segment.ident.to_string()).collect()
}

/// Whether an attribute keeps what it stands on to tests.
fn is_for_tests(attribute: &Attribute) -> bool {
    let is_test = |list: &syn::MetaList| list.tokens.to_string() == "test";
    attribute.path().is_ident("test")
        || attribute.path().is_ident("cfg") && attribute.meta.require_list().is_ok_and(is_test)
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
