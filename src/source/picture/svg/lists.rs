//! What a published SVG may contain. Everything else is rejected, including features that browsers add in future.

use std::collections::HashSet;
use std::sync::LazyLock;

/// A set of names.
type Names = LazyLock<HashSet<&'static str>>;

/// SVG elements that draw, describe or animate. Elements that run or load something or contain other languages are not
/// listed: `script`, `handler`, `foreignObject`, `iframe`, `audio`, `video`, `tref`, `cursor`, `color-profile` and the
/// like.
const ELEMENT_NAMES: &str = "\
    a animate animateColor animateMotion animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix \
    feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow \
    feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset \
    fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter flowDiv flowLine flowPara flowRegion \
    flowRoot flowSpan font font-face font-face-name font-face-src g glyph hatch hatchpath hkern image line \
    linearGradient marker mask mesh meshgradient meshpatch meshrow metadata missing-glyph mpath path pattern polygon \
    polyline radialGradient rect set solidColor solidcolor stop style svg switch symbol text textPath title tspan \
    use view vkern";

/// Attributes that draw, describe or animate, and whose values may at most refer to parts of the picture. `style`,
/// `href` and `attributeName` are checked separately. Attributes that start with `on` are not listed.
const ATTRIBUTE_NAMES: &str = "\
    accent-height accumulate additive alignment-baseline alphabetic amplitude arabic-form ascent attributeType \
    audio-level azimuth backface-visibility background background-color baseFrequency baseProfile baseline-shift \
    bbox begin bias block-progression buffered-rendering by calcMode cap-height clip clip-path clip-rule \
    clipPathUnits color color-interpolation color-interpolation-filters color-profile color-rendering \
    contentScriptType contentStyleType cursor cx cy d descent diffuseConstant direction display divisor \
    dominant-baseline dur dx dy edgeMode elevation enable-background end exponent externalResourcesRequired fill \
    fill-opacity fill-rule filter filterRes filterUnits flood-color flood-opacity focusable font font-family \
    font-feature-settings font-kerning font-size font-size-adjust font-stretch font-style font-variant \
    font-variant-caps font-variant-east-asian font-variant-ligatures font-variant-numeric font-variant-position \
    font-variation-settings font-weight format fr from fx fy g1 g2 glyph-orientation-horizontal \
    glyph-orientation-vertical gradientTransform gradientUnits hanging height horiz-adv-x horiz-origin-x \
    horiz-origin-y ideographic image-rendering in in2 inline-size intercept isolation k k1 k2 k3 k4 kernelMatrix \
    kernelUnitLength kerning keyPoints keySplines keyTimes lengthAdjust letter-spacing lighting-color \
    limitingConeAngle line-height line-spacing marker marker-end marker-mid marker-start markerHeight markerUnits \
    markerWidth mask mask-type maskContentUnits maskUnits mathematical max media method min mix-blend-mode mode \
    numOctaves offset opacity operator order orient orientation origin overflow overline-position overline-thickness \
    paint-order panose-1 path pathLength patternContentUnits patternTransform patternUnits pointer-events points \
    pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits r radius refX refY \
    rendering-intent repeatCount repeatDur requiredExtensions requiredFeatures requiredFonts requiredFormats restart \
    result rotate rx ry scale seed shape-inside shape-margin shape-padding shape-rendering shape-subtract side slope \
    solid-color solid-opacity space spacing specularConstant specularExponent spreadMethod startOffset stdDeviation \
    stemh stemv stitchTiles stop-color stop-opacity strikethrough-position strikethrough-thickness stroke \
    stroke-alignment stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit \
    stroke-opacity stroke-width surfaceScale systemLanguage tabindex tableValues targetX targetY text-align \
    text-align-last text-anchor text-decoration text-decoration-color text-decoration-line text-decoration-style \
    text-indent text-orientation text-overflow text-rendering text-shadow text-transform textLength to transform \
    transform-box transform-origin type u1 u2 underline-position underline-thickness unicode-bidi unicode-range \
    units-per-em v-alphabetic v-hanging v-ideographic v-mathematical values vector-effect version vert-adv-y \
    vert-origin-x vert-origin-y viewBox viewTarget viewport-fill viewport-fill-opacity visibility white-space width \
    widths will-change word-spacing writing-mode x x-height x1 x2 xChannelSelector y y1 y2 yChannelSelector z zIndex \
    zoomAndPan";

/// Attributes whose values are text or names that browsers do not act on.
const WORD_NAMES: &str = "\
    alt class content glyph-name id lang name role title unicode";

/// Functions of style sheets and of `transform` that do not load anything.
const FUNCTION_NAMES: &str = "\
    attr blur brightness calc circle clamp color color-mix conic-gradient contrast counter cubic-bezier drop-shadow \
    ellipse env fit-content format grayscale has hsl hsla hue-rotate hwb icc-color inset invert is lab lang lch \
    light-dark linear linear-gradient local matrix matrix3d max min minmax not nth-child nth-last-child \
    nth-last-of-type nth-of-type oklab oklch opacity path perspective polygon radial-gradient rect repeat \
    repeating-linear-gradient repeating-radial-gradient rgb rgba rotate rotate3d rotatex rotatey rotatez saturate \
    scale scale3d scalex scaley scalez sepia skew skewx skewy steps translate translate3d translatex translatey \
    translatez var where";

/// Rules of style sheets that do not load anything.
const RULE_NAMES: &str = "\
    -webkit-keyframes charset container counter-style font-face font-feature-values keyframes layer media page \
    property supports";

/// Namespaces of drawing programs and of metadata, whose elements and attributes browsers do not act on. A `*` at the
/// end matches any text.
const EDITORS: &[&str] = &[
    "http://www.inkscape.org/namespaces/*",
    "http://inkscape.sourceforge.net/*",
    "http://sodipodi.sourceforge.net/*",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://purl.org/dc/*",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://xmlns.com/foaf/0.1/",
    "http://www.openswatchbook.org/uri/2009/osb",
    "http://ns.adobe.com/*",
    "adobe:ns:meta/",
    "http://iptc.org/std/*",
    "http://ns.useplus.org/*",
    "http://www.serif.com/",
    "http://www.bohemiancoding.com/sketch/ns",
    "http://www.bohemiancoding.com/sketch/ns/",
    "http://www.figma.com/figma/ns",
    "http://www.corel.com/coreldraw/*",
    "http://schemas.microsoft.com/visio/2003/SVGExtensions/",
    "http://xml.openoffice.org/svg/export",
    "http://sun.com/xmlns/staroffice/presentation",
    "urn:oasis:names:tc:opendocument:xmlns:*",
    "http://www.w3.org/2001/SMIL20/",
    "https://boxy-svg.com",
    "http://svgjs.com/svgjs",
    "http://svgjs.dev/svgjs",
    "http://vectornator.io",
    "http://krita.org/namespaces/svg/krita",
    "http://www.freecad.org/wiki/index.php?title=Svg_Namespace",
    "http://www.freecadweb.org/wiki/index.php?title=Svg_Namespace",
];

/// Processing instructions (`<?xpacket …?>`) that browsers ignore: markers around metadata, and notes of drawing
/// programs.
const INSTRUCTIONS: &[&str] = &["xpacket", "plantuml", "plantuml-src"];

fn names(text: &'static str) -> HashSet<&'static str> {
    text.split(' ').collect()
}

/// Whether an SVG element with this name is allowed.
#[must_use]
pub(crate) fn is_element(name: &str) -> bool {
    static NAMES: Names = LazyLock::new(|| names(ELEMENT_NAMES));
    NAMES.contains(name)
}

/// Whether an attribute with this name is allowed. Its value must then be checked as a style.
#[must_use]
pub(crate) fn is_attribute(name: &str) -> bool {
    static NAMES: Names = LazyLock::new(|| names(ATTRIBUTE_NAMES));
    NAMES.contains(name)
}

/// Whether an attribute's value is text or names.
#[must_use]
pub(crate) fn is_words(name: &str) -> bool {
    static NAMES: Names = LazyLock::new(|| names(WORD_NAMES));
    NAMES.contains(name) || name.starts_with("aria-") || name.starts_with("data-")
}

/// Whether a style may use a function. `name` is in lower case.
#[must_use]
pub(crate) fn is_function(name: &str) -> bool {
    static NAMES: Names = LazyLock::new(|| names(FUNCTION_NAMES));
    NAMES.contains(name)
}

/// Whether a style sheet may have a rule: `media` for `@media`. `name` is in lower case.
#[must_use]
pub(crate) fn is_rule(name: &str) -> bool {
    static NAMES: Names = LazyLock::new(|| names(RULE_NAMES));
    NAMES.contains(name)
}

/// Whether browsers ignore a processing instruction with this name.
#[must_use]
pub(crate) fn is_instruction(name: &str) -> bool {
    INSTRUCTIONS.contains(&name)
}

/// Whether a namespace belongs to a drawing program or to metadata.
#[must_use]
pub(crate) fn is_of_an_editor(uri: &str) -> bool {
    EDITORS.iter().any(|known| known.strip_suffix('*').map_or(uri == *known, |start| uri.starts_with(start)))
}

/// Whether a local name has the form of an event handler.
#[must_use]
pub(crate) fn is_event(local: &str) -> bool {
    let lower = local.to_ascii_lowercase();
    // Inkscape has attributes of its own that begin with `only`.
    lower.len() > 2 && lower.starts_with("on") && !lower.starts_with("only")
}

/// Whether the text between `<!DOCTYPE` and `>` names a document type of SVG and declares nothing.
#[must_use]
pub(crate) fn is_plain_doctype(declared: &str) -> bool {
    let Some(rest) = declared.trim().strip_prefix("svg") else { return false };
    let rest = rest.trim_start();
    let mut rest = rest.strip_prefix("PUBLIC").or_else(|| rest.strip_prefix("SYSTEM")).unwrap_or(rest).trim_start();
    while let Some(quote) = rest.chars().next() {
        let quoted = rest[quote.len_utf8()..].split_once(quote).filter(|_| matches!(quote, '"' | '\''));
        let Some((_, after)) = quoted.filter(|(named, _)| is_doctype_of_svg(named)) else { return false };
        rest = after.trim_start();
    }
    true
}

/// Whether an identifier is one of the W3C's for SVG, which browsers recognise and do not load.
fn is_doctype_of_svg(named: &str) -> bool {
    let is_address = named.starts_with("http://www.w3.org/") || named.starts_with("https://www.w3.org/");
    named.starts_with("-//W3C//DTD SVG ") || (is_address && named.strip_suffix(".dtd").is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_runs_is_on_a_list() {
        for element in ["script", "foreignObject", "iframe", "handler", "listener", "audio", "video", "tref", "SCRIPT"]
        {
            assert!(!is_element(element), "{element}");
        }
        for attribute in ["onload", "href", "src", "style", "attributeName", "onbegin", "action", "formaction"] {
            assert!(!is_attribute(attribute) && !is_words(attribute), "{attribute}");
        }
        for function in ["url", "src", "image", "image-set", "-webkit-image-set", "element", "expression", "cross-fade"]
        {
            assert!(!is_function(function), "{function}");
        }
        assert!(!is_rule("import") && !is_rule("namespace"));
        assert!(is_event("onload") && is_event("ONclick") && !is_event("only_selected") && !is_event("on"));
    }

    #[test]
    fn document_types_may_be_named() {
        for plain in [
            " svg",
            " svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"",
            " svg PUBLIC '-//W3C//DTD SVG 1.0//EN' 'http://www.w3.org/TR/2001/PR-SVG-20010719/DTD/svg10.dtd'",
            " svg\n  PUBLIC \"-//W3C//DTD SVG 1.1//EN\"\n  \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\" ",
        ] {
            assert!(is_plain_doctype(plain), "{plain}");
        }
        for other in [
            " svg [<!ENTITY a \"b\">]",
            " svg SYSTEM \"https://evil.example/x.dtd\"",
            " html",
            " svg x",
            " svg SYSTEM \"http://www.w3.org/x.dtd\" x",
            " svg SYSTEM \"http://www.w3.org/x.dtd",
            " svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\" [<!ENTITY a 'b'>]",
        ] {
            assert!(!is_plain_doctype(other), "{other}");
        }
    }
}
