//! Hostile SVGs, each of which must be reported at its place, and harmless ones from real programs, which must pass.

use super::check;
use crate::diagnostic::{Code, RelPath};

/// The root element for hostile parts that do not need their own.
const ROOT: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
                    xmlns:h=\"http://www.w3.org/1999/xhtml\" xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\">";

/// Parts of an SVG that could run, load or hide something; `¦` marks the place of the error.
const PARTS: &[&str] = &[
    // Scripts.
    "<¦script>alert(1)</script>",
    "<¦script xlink:href=\"https://a.example/x.js\"/>",
    "<¦script><![CDATA[alert(1)]]></script>",
    "<¦h:script>alert(1)</h:script>",
    "<¦h:iframe src=\"java&#115;cript:alert(1)\"/>",
    "<¦h:iframe srcdoc=\"&lt;script>alert(1)&lt;/script>\"/>",
    "<¦h:object data=\"x.html\"/>",
    "<¦h:embed src=\"x.html\"/>",
    "<¦h:img src=\"x\" onerror=\"alert(1)\"/>",
    "<¦h:meta http-equiv=\"refresh\" content=\"0;url=https://a.example\"/>",
    "<¦h:link rel=\"stylesheet\" href=\"https://a.example/x.css\"/>",
    "<¦h:base href=\"https://a.example/\"/>",
    "<¦h:form action=\"https://a.example\"/>",
    "<¦h:style>@import 'https://a.example'</h:style>",
    "<¦script xmlns=\"http://www.w3.org/1999/xhtml\">alert(1)</script>",
    "<¦q:script xmlns:q=\"http://www.w3.org/2000/svg\">alert(1)</q:script>",
    "<¦q:script xmlns:q=\"http://www.w3.org/2000/sv&#103;\">alert(1)</q:script>",
    "<¦foreignObject><h:body onload=\"alert(1)\"/></foreignObject>",
    "<¦handler type=\"text/ecmascript\">alert(1)</handler>",
    "<¦listener/>",
    "<¦audio href=\"x.mp3\"/>",
    "<¦video/>",
    "<¦animation xlink:href=\"x.svg\"/>",
    "<¦tref xlink:href=\"x.svg#a\"/>",
    "<¦color-profile xlink:href=\"https://a.example/x.icc\"/>",
    "<¦cursor xlink:href=\"https://a.example/x.cur\"/>",
    "<¦font-face-uri xlink:href=\"https://a.example/x.svg\"/>",
    "<¦math xmlns=\"http://www.w3.org/1998/Math/MathML\" href=\"javascript:x\"/>",
    "<¦x xmlns=\"http://www.mozilla.org/xbl\"/>",
    "<¦undeclared:g/>",
    "<metadata><¦h:script>alert(1)</h:script></metadata>",
    "<inkscape:grid><¦script>alert(1)</script></inkscape:grid>",
    "<title><¦script>alert(1)</script></title>",
    // Handlers of events.
    "<g ¦onload=\"alert(1)\"/>",
    "<g ¦ONLOAD=\"alert(1)\"/>",
    "<g ¦onclick = 'alert(1)'/>",
    "<animate ¦onbegin=\"alert(1)\" attributeName=\"x\" dur=\"1s\"/>",
    "<g ¦xlink:onload=\"alert(1)\"/>",
    "<g\n¦onmouseover\n=\n\"alert(1)\"/>",
    // Addresses.
    "<a ¦href=\"javascript:alert(1)\"><text>x</text></a>",
    "<a ¦xlink:href=\"java&#115;cript:alert(1)\"><text>x</text></a>",
    "<a ¦href=\" java&#10;script:alert(1)\"><text>x</text></a>",
    "<a href=\"¦&#1;javascript:x\"/>",
    "<a ¦href=\"https://a.example/\"><text>x</text></a>",
    "<a ¦href=\"data:text/html,&lt;script>alert(1)&lt;/script>\"/>",
    "<a xmlns:y=\"http://www.w3.org/1999/xlink\" ¦y:href=\"javascript:alert(1)\"/>",
    "<use ¦href=\"https://a.example/x.svg#a\"/>",
    "<use ¦xlink:href=\"data:image/svg+xml;base64,PHN2Zy8+#a\"/>",
    "<use ¦href=\"other.svg#a\"/>",
    "<image ¦href=\"https://a.example/x.png\"/>",
    "<image ¦xlink:href=\"//a.example/x.png\"/>",
    "<image ¦href=\"data:image/svg+xml;base64,PHN2Zy8+\"/>",
    "<image ¦href=\"data:image/png;base64,PHN2Zy8+\"/>",
    "<image ¦href=\"data:text/html;base64,PHN2Zy8+\"/>",
    "<image ¦href=\"file:///etc/passwd\"/>",
    "<feImage ¦href=\"https://a.example/x.png\"/>",
    "<linearGradient ¦xlink:href=\"https://a.example/x.svg#a\"/>",
    "<textPath ¦href=\"https://a.example/x.svg#a\"/>",
    "<pattern ¦href=\"x.svg\"/>",
    "<g ¦xml:base=\"https://a.example/\"/>",
    "<g ¦src=\"x\"/>",
    // Animations.
    "<a><set ¦attributeName=\"href\" to=\"javascript:alert(1)\"/></a>",
    "<a><animate ¦attributeName=\"xlink:href\" values=\"javascript:alert(1)\"/></a>",
    "<set ¦attributeName=\"onmouseover\" to=\"alert(1)\"/>",
    "<set ¦attributeName=\" &#111;nload\" to=\"alert(1)\"/>",
    "<set ¦attributeName=\"style\" to=\"fill:url(https://a.example)\"/>",
    "<set attributeName=\"fill\" ¦to=\"url(https://a.example/x.svg#a)\"/>",
    "<animate attributeName=\"mask\" ¦values=\"none;url(//a.example/x)\"/>",
    // Styles.
    "<style>¦@import url(https://a.example/x.css);</style>",
    "<style>¦@IMPORT 'https://a.example/x.css';</style>",
    "<style><![CDATA[¦@import 'x';]]></style>",
    "<style>¦@im<!-- -->port 'x';</style>",
    "<style>¦@&#105;mport 'x';</style>",
    "<style>¦@\\69mport 'x';</style>",
    "<style>a{background:¦url(https://a.example/x.png)}</style>",
    "<style>a{background:u¦\\72l(https://a.example/x.png)}</style>",
    "<style>a{background:¦image-set('https://a.example/x.png' 1x)}</style>",
    "<style>@font-face{font-family:x;src:¦url(https://a.example/x.woff)}</style>",
    "<style>a{width:¦expression(alert(1))}</style>",
    "<style>a{¦-moz-binding:none}</style>",
    "<style>a{¦behavior:none}</style>",
    "<style ¦href=\"https://a.example/x.css\"/>",
    "<style ¦type=\"text/xsl\">x</style>",
    "<style><¦g/></style>",
    "<g ¦style=\"fill:url(https://a.example/x.svg#a)\"/>",
    "<g ¦style=\"fill:&#117;rl('https://a.example')\"/>",
    "<g ¦style=\"-moz-binding:url(x)\"/>",
    "<g ¦fill=\"url(https://a.example/x.svg#a)\"/>",
    "<g ¦filter=\"url('x.svg#a')\"/>",
    "<g ¦cursor=\"url(https://a.example/x.cur),auto\"/>",
    "<g ¦mask=\"url(\\68ttps://a.example)\"/>",
    // Others.
    "¦<?xsl-thing?>",
    "¦<?xml-stylesheet href=\"https://a.example/x.css\"?>",
    "<g ¦unheard-of=\"x\"/>",
    "<g ¦formaction=\"x\"/>",
    "<¦unheardOf/>",
];

/// Whole files; `¦` marks the place of the error.
const WHOLE: &[&str] = &[
    "<s:svg xmlns:s=\"http://www.w3.org/2000/svg\"><¦s:script>alert(1)</s:script></s:svg>",
    "<svg><¦script>alert(1)</script></svg>",
    "¦<?xml-stylesheet type=\"text/css\" href=\"https://a.example/x.css\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    "<!DOCTYPE¦ svg [<!ENTITY a \"<script>alert(1)</script>\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&a;</svg>",
    "<!DOCTYPE¦ svg SYSTEM \"https://a.example/x.dtd\"><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    "<!DOCTYPE¦ svg [<!ATTLIST svg onload CDATA \"alert(1)\">]><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    "¦<?xml version=\"1.0\" encoding=\"UTF-16\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    "¦<?xml version=\"1.0\" encoding='utf-7'?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    "¦<?xml version=\"1.0\" encoding = \"ISO-2022-JP\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    "¦<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><title>é</title></svg>",
    "¦<?xml version=\"1.0\" encoding=\"utf-8\" encoding=\"utf-7\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    "<¦html xmlns=\"http://www.w3.org/1999/xhtml\"><script>alert(1)</script></html>",
    "<¦svg xmlns=\"http://www.w3.org/1999/xhtml\"/>",
    "<svg xmlns=\"http://www.w3.org/2000/svg\" ¦onload=\"alert(1)\"/>",
    "<svg xmlns=\"http://www.w3.org/2000/svg\"><g>¦</svg>",
    "<svg xmlns=\"http://www.w3.org/2000/svg\">¦&nbsp;</svg>",
    "<svg xmlns=\"http://www.w3.org/2000/svg\">¦\u{1}</svg>",
    "<¦\0svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    "<svg xmlns=\"http://www.w3.org/2000/svg\"/>¦<script xmlns=\"http://www.w3.org/2000/svg\">alert(1)</script>",
    "<svg xmlns=\"http://www.w3.org/2000/svg\"><g id=\"a\" ¦id=\"b\"/></svg>",
    "¦plain words",
    "¦",
];

/// A program, and an SVG as it saves it.
const HARMLESS: &[(&str, &str)] = &[
    (
        "by hand",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\"><title>Carbon = 12 on a</title><circle r=\"4\"/></svg>",
    ),
    (
        "Inkscape",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<!-- Created with Inkscape (http://www.inkscape.org/) -->\n\
         <svg width=\"210mm\" height=\"297mm\" viewBox=\"0 0 210 297\" version=\"1.1\" id=\"svg5\" inkscape:version=\"1.2.2\" \
         sodipodi:docname=\"plan.svg\" inkscape:export-xdpi=\"96\" xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\" \
         xmlns:sodipodi=\"http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         xmlns=\"http://www.w3.org/2000/svg\" xmlns:svg=\"http://www.w3.org/2000/svg\" \
         xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:cc=\"http://creativecommons.org/ns#\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><sodipodi:namedview id=\"n\" pagecolor=\"#ffffff\" inkscape:zoom=\"0.7\" \
         showgrid=\"false\"><inkscape:grid type=\"xygrid\" id=\"g1\" originx=\"0\"/></sodipodi:namedview><defs id=\"d\">\
         <inkscape:path-effect effect=\"powerstroke\" id=\"p\" is_visible=\"true\" only_selected=\"false\"/>\
         <linearGradient inkscape:collect=\"always\" xlink:href=\"#lg1\" id=\"lg\" x1=\"0\" gradientUnits=\"userSpaceOnUse\"/></defs>\
         <metadata><rdf:RDF><cc:Work rdf:about=\"\"><dc:format>image/svg+xml</dc:format><dc:type \
         rdf:resource=\"http://purl.org/dc/dcmitype/StillImage\"/></cc:Work></rdf:RDF></metadata>\
         <g inkscape:label=\"Layer 1\" inkscape:groupmode=\"layer\" id=\"layer1\"><path style=\"fill:url(#lg);stroke-width:.26;\
         -inkscape-stroke:none;font-variation-settings:normal\" d=\"M 1,2 L 3,4\" sodipodi:nodetypes=\"cc\" inkscape:original-d=\"M 1,2\"/>\
         <text xml:space=\"preserve\" style=\"font-size:4px;-inkscape-font-specification:'sans-serif, Normal';line-height:1.25\"><tspan \
         sodipodi:role=\"line\" x=\"1\" y=\"2\">Words</tspan></text><flowRoot><flowRegion><rect width=\"1\" height=\"1\"/></flowRegion>\
         <flowPara>x</flowPara></flowRoot></g></svg>",
    ),
    (
        "Illustrator",
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<!-- Generator: Adobe Illustrator 27.0, SVG Export Plug-In . -->\r\n\
         <svg version=\"1.1\" id=\"Layer_1\" xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" x=\"0px\" \
         y=\"0px\" viewBox=\"0 0 100 100\" style=\"enable-background:new 0 0 100 100;\" xml:space=\"preserve\">\r\n\
         <style type=\"text/css\">\r\n\t.st0{fill:#E30613;font-family:'MyriadPro-Regular';}\r\n\t.st1{clip-path:url(#SVGID_2_);}\r\n</style>\r\n\
         <g><defs><rect id=\"SVGID_1_\" width=\"9\" height=\"9\"/></defs><clipPath id=\"SVGID_2_\"><use xlink:href=\"#SVGID_1_\" \
         style=\"overflow:visible;\"/></clipPath><polygon class=\"st0\" points=\"1,2 3,4\"/><switch><g/></switch></g></svg>",
    ),
    (
        "an older Illustrator",
        "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \
         \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<svg version=\"1.1\" id=\"Capa_1\" \
         xmlns=\"http://www.w3.org/2000/svg\" enable-background=\"new 0 0 9 9\"><path fill=\"#010002\" d=\"M0 0h9v9z\"/></svg>",
    ),
    (
        "Figma",
        "<svg width=\"24\" height=\"24\" viewBox=\"0 0 24 24\" fill=\"none\" xmlns=\"http://www.w3.org/2000/svg\" \
         xmlns:xlink=\"http://www.w3.org/1999/xlink\"><mask id=\"m\" style=\"mask-type:alpha\" maskUnits=\"userSpaceOnUse\" x=\"0\" y=\"0\" \
         width=\"24\" height=\"24\"><rect width=\"24\" height=\"24\" fill=\"#D9D9D9\"/></mask><g mask=\"url(#m)\" filter=\"url(#f)\"><path \
         fill-rule=\"evenodd\" clip-rule=\"evenodd\" d=\"M1 2\" fill=\"url(#p)\"/></g><defs><filter id=\"f\" \
         color-interpolation-filters=\"sRGB\"><feFlood flood-opacity=\"0\" result=\"a\"/><feColorMatrix in=\"SourceAlpha\" type=\"matrix\" \
         values=\"0 0 0 0 0\"/><feOffset dy=\"4\"/><feGaussianBlur stdDeviation=\"2\"/><feBlend mode=\"normal\" in2=\"a\"/></filter>\
         <pattern id=\"p\" patternContentUnits=\"objectBoundingBox\" width=\"1\" height=\"1\"><use xlink:href=\"#image0\" \
         transform=\"matrix(0.01 0 0 0.01 0 0)\"/></pattern><image id=\"image0\" width=\"1\" height=\"1\" \
         xlink:href=\"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC0lEQVR42mP4DwQACfsD/Wj6HMwAAAAASUVORK5CYII=\"/>\
         </defs></svg>",
    ),
    (
        "LibreOffice",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \
         \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<svg version=\"1.2\" width=\"215.9mm\" height=\"279.4mm\" viewBox=\"0 0 9 9\" \
         preserveAspectRatio=\"xMidYMid\" fill-rule=\"evenodd\" stroke-width=\"28.222\" stroke-linejoin=\"round\" \
         xmlns=\"http://www.w3.org/2000/svg\" xmlns:ooo=\"http://xml.openoffice.org/svg/export\" \
         xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns:presentation=\"http://sun.com/xmlns/staroffice/presentation\" \
         xmlns:smil=\"http://www.w3.org/2001/SMIL20/\" xmlns:anim=\"urn:oasis:names:tc:opendocument:xmlns:animation:1.0\" \
         xml:space=\"preserve\"><defs class=\"ClipPathGroup\"><clipPath id=\"presentation_clip_path\" clipPathUnits=\"userSpaceOnUse\"><rect \
         x=\"0\" y=\"0\" width=\"9\" height=\"9\"/></clipPath></defs><defs><font id=\"EmbeddedFont_1\" horiz-adv-x=\"2048\"><font-face \
         font-family=\"Liberation Sans embedded\" units-per-em=\"2048\" font-weight=\"normal\" font-style=\"normal\" ascent=\"1852\" \
         descent=\"423\"/><missing-glyph horiz-adv-x=\"2048\" d=\"M 0,0\"/><glyph unicode=\"a\" horiz-adv-x=\"1139\" d=\"M 1 2\"/></font></defs>\
         <defs class=\"TextShapeIndex\"><g ooo:slide=\"id1\" ooo:id-list=\"id3\"/></defs><g class=\"SlideGroup\"><g id=\"container-id1\"><g \
         class=\"com.sun.star.drawing.CustomShape\"><text class=\"SVGTextShape\"><tspan class=\"TextParagraph\" font-size=\"423px\"><tspan \
         class=\"TextPosition\" x=\"1\" y=\"2\"><tspan fill=\"rgb(0,0,0)\" stroke=\"none\" style=\"white-space: pre\">x</tspan></tspan></tspan>\
         </text></g></g></g></svg>",
    ),
    (
        "Excel",
        "<svg width=\"480\" height=\"288\" xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         xml:space=\"preserve\" overflow=\"hidden\"><defs><clipPath id=\"clip0\"><rect x=\"0\" y=\"0\" width=\"480\" height=\"288\"/></clipPath>\
         </defs><g clip-path=\"url(#clip0)\"><rect x=\"0\" y=\"0\" width=\"480\" height=\"288\" fill=\"#FFFFFF\"/><path d=\"M1 2\" \
         stroke=\"#D9D9D9\" stroke-width=\"0.75\" stroke-linejoin=\"round\" stroke-miterlimit=\"10\" fill=\"none\" fill-rule=\"evenodd\"/><text \
         fill=\"#595959\" font-family=\"Calibri,Calibri_MSFontService,sans-serif\" font-weight=\"400\" font-size=\"12\" \
         transform=\"matrix(1 0 0 1 20 30)\">Children &amp; adults</text></g></svg>",
    ),
    (
        "Visio",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \
         \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<!-- Generated by Microsoft Visio, SVG Export Page-1.svg -->\n<svg \
         xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns:ev=\"http://www.w3.org/2001/xml-events\" \
         xmlns:v=\"http://schemas.microsoft.com/visio/2003/SVGExtensions/\" width=\"9in\" height=\"9in\" viewBox=\"0 0 9 9\" \
         xml:space=\"preserve\" color-interpolation-filters=\"sRGB\" class=\"st3\"><v:documentProperties v:langID=\"2057\" \
         v:viewMarkup=\"false\"/><style type=\"text/css\"><![CDATA[ .st1 {fill:#5b9bd5;stroke:#c8c8c8;stroke-width:0.25} ]]></style><g \
         v:mID=\"0\" v:index=\"1\" v:groupContext=\"foregroundPage\"><title>Page-1</title><v:pageProperties v:drawingScale=\"1\"/><g \
         id=\"shape1-1\" v:mID=\"1\" transform=\"translate(1,-2)\"><desc>Board</desc><v:custProps><v:cp v:nameU=\"Cost\" v:lbl=\"Cost\" \
         v:type=\"7\"/></v:custProps><v:textBlock v:margins=\"rect(4,4,4,4)\"/><text x=\"1\" y=\"2\" class=\"st2\" v:langID=\"2057\"><v:paragraph \
         v:horizAlign=\"1\"/><v:tabList/>Board</text></g></g></svg>",
    ),
    (
        "Affinity Designer",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \
         \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"><svg width=\"100%\" height=\"100%\" viewBox=\"0 0 9 9\" version=\"1.1\" \
         xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" xml:space=\"preserve\" \
         xmlns:serif=\"http://www.serif.com/\" style=\"fill-rule:evenodd;clip-rule:evenodd;stroke-linejoin:round\"><g id=\"Logo\" \
         serif:id=\"Logo 1\" transform=\"matrix(1,0,0,1,0,0)\"><path d=\"M0,0\" style=\"fill:rgb(235,235,235);\"/></g></svg>",
    ),
    (
        "CorelDRAW",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \
         \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<!-- Creator: CorelDRAW -->\n<svg xmlns=\"http://www.w3.org/2000/svg\" \
         xml:space=\"preserve\" width=\"9in\" height=\"9in\" version=\"1.1\" style=\"shape-rendering:geometricPrecision; \
         text-rendering:geometricPrecision; image-rendering:optimizeQuality\" viewBox=\"0 0 9 9\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         xmlns:xodm=\"http://www.corel.com/coreldraw/odm/2003\"><defs><style type=\"text/css\"><![CDATA[ .fil0 {fill:#373435} \
         @font-face { font-family:\"Arial\";font-variant:normal;src:local(\"Arial\")} ]]></style></defs><g id=\"Layer_x0020_1\"><metadata \
         id=\"CorelCorpID_0Corel-Layer\"/><rect class=\"fil0\" width=\"9\" height=\"9\"/></g></svg>",
    ),
    (
        "Sketch",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg width=\"16px\" height=\"16px\" viewBox=\"0 0 16 16\" version=\"1.1\" \
         xmlns=\"http://www.w3.org/2000/svg\" xmlns:sketch=\"http://www.bohemiancoding.com/sketch/ns\">\
         <!-- Generator: Sketch 3.5 - http://www.bohemiancoding.com/sketch --><title>i</title><desc>Created with Sketch.</desc><g id=\"Page-1\" \
         stroke=\"none\" sketch:type=\"MSPage\"><g sketch:type=\"MSArtboardGroup\"/></g></svg>",
    ),
    (
        "matplotlib",
        "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"no\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\"\n  \
         \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<svg xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"460.8pt\" \
         height=\"345.6pt\" viewBox=\"0 0 460.8 345.6\" xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\"><metadata><rdf:RDF \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:cc=\"http://creativecommons.org/ns#\" \
         xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><cc:Work><dc:type \
         rdf:resource=\"http://purl.org/dc/dcmitype/StillImage\"/><dc:date>2024-01-01T00:00:00</dc:date><dc:creator><cc:Agent>\
         <dc:title>Matplotlib v3.8, https://matplotlib.org/</dc:title></cc:Agent></dc:creator></cc:Work></rdf:RDF></metadata><defs><style \
         type=\"text/css\">*{stroke-linejoin: round; stroke-linecap: butt}</style></defs><g id=\"figure_1\"><path id=\"m1\" d=\"M 0 0 L 0 3.5\" \
         style=\"stroke: #000000; stroke-width: 0.8\"/><use xlink:href=\"#m1\" x=\"1\" y=\"2\"/><g clip-path=\"url(#p1)\"/></g></svg>",
    ),
    (
        "R (svglite)",
        "<?xml version='1.0' encoding='UTF-8' ?>\n<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' \
         width='720.00pt' height='576.00pt' viewBox='0 0 720.00 576.00'><g class='svglite'><defs><style type='text/css'><![CDATA[\n    \
         .svglite line, .svglite polyline { fill: none; stroke: #000000; }\n    .svglite text { white-space: pre; }\n  ]]></style></defs>\
         <rect width='100%' height='100%' style='stroke: none; fill: #FFFFFF;'/><g clip-path='url(#cpMC4w)'><text transform='translate(1,2) \
         rotate(-90)' style='font-size: 12.00px; font-family: \"Arial\";' textLength='20px' lengthAdjust='spacingAndGlyphs'>Count</text></g></g>\
         </svg>",
    ),
    (
        "R (cairo)",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" \
         xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"504pt\" height=\"504pt\" viewBox=\"0 0 504 504\" version=\"1.1\"><defs><g><symbol \
         overflow=\"visible\" id=\"glyph0-0\"><path style=\"stroke:none;\" d=\"\"/></symbol></g></defs><g id=\"surface1\"><g \
         style=\"fill:rgb(0%,0%,0%);fill-opacity:1;\"><use xlink:href=\"#glyph0-0\" x=\"1\" y=\"2\"/></g></g></svg>",
    ),
    (
        "Graphviz",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\"\n \
         \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<!-- Generated by graphviz version 2.43.0 (0)\n -->\n<!-- Title: G Pages: 1 -->\n\
         <svg width=\"62pt\" height=\"116pt\" viewBox=\"0.00 0.00 62.00 116.00\" xmlns=\"http://www.w3.org/2000/svg\" \
         xmlns:xlink=\"http://www.w3.org/1999/xlink\"><g id=\"graph0\" class=\"graph\" transform=\"scale(1 1) rotate(0) translate(4 112)\">\
         <title>G</title><!-- a&#45;&gt;b --><g id=\"edge1\" class=\"edge\"><title>a&#45;&gt;b</title><path fill=\"none\" stroke=\"black\" \
         d=\"M27,-71.7\"/></g><text text-anchor=\"middle\" x=\"27\" y=\"-86.3\" font-family=\"Times,serif\" font-size=\"14.00\">a</text></g></svg>",
    ),
    (
        "gnuplot",
        "<?xml version=\"1.0\" encoding=\"utf-8\"  standalone=\"no\"?>\n<svg width=\"600\" height=\"480\" viewBox=\"0 0 600 480\" \
         xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"><title>Gnuplot</title><desc>Produced by GNUPLOT \
         5.4</desc><g id=\"gnuplot_canvas\"><rect x=\"0\" y=\"0\" width=\"600\" height=\"480\" fill=\"none\"/><defs><circle id='gpDot' r='0.5' \
         stroke-width='0.5' stroke='currentColor'/></defs><g fill=\"none\" color=\"white\" stroke=\"currentColor\"><path d='M1,2'/></g></g></svg>",
    ),
    (
        "Plotly",
        "<svg class=\"main-svg\" xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"700\" height=\"450\" \
         style=\"\" viewBox=\"0 0 700 450\"><rect x=\"0\" y=\"0\" width=\"700\" height=\"450\" style=\"fill: rgb(255, 255, 255); fill-opacity: \
         1;\"/><g class=\"draglayer cursor-crosshair\"><g class=\"xy\"><rect class=\"nsewdrag drag\" data-subplot=\"xy\" style=\"fill: \
         transparent; stroke-width: 0; pointer-events: all;\"/></g></g><text text-anchor=\"start\" style=\"font-family: 'Open Sans', verdana, \
         arial; white-space: pre;\" data-unformatted=\"a &lt;b&gt;\" data-math=\"N\">a</text></svg>",
    ),
    (
        "Highcharts",
        "<svg version=\"1.1\" class=\"highcharts-root\" style=\"font-family:&quot;Lucida Grande&quot;, Arial;font-size:12px;\" \
         xmlns=\"http://www.w3.org/2000/svg\" width=\"600\" height=\"400\" role=\"img\" aria-label=\"Chart\"><desc>Created with Highcharts \
         10</desc><defs><clipPath id=\"highcharts-1-\"><rect x=\"0\" y=\"0\" width=\"1\" height=\"2\" fill=\"none\"/></clipPath></defs><g \
         class=\"highcharts-series\" data-z-index=\"0.1\" opacity=\"1\" transform=\"translate(1,2) scale(1 1)\" \
         clip-path=\"url(#highcharts-1-)\" aria-hidden=\"false\"><path tabindex=\"-1\" d=\"M 1 2\"/></g></svg>",
    ),
    (
        "Vega",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"1.1\" class=\"marks\" width=\"200\" \
         height=\"200\"><g fill=\"none\" stroke-miterlimit=\"10\" transform=\"translate(5,5)\"><g class=\"mark-group role-frame root\" \
         role=\"graphics-object\" aria-roledescription=\"group mark container\"><path class=\"background\" aria-hidden=\"true\" d=\"M0 0\" \
         stroke=\"#ddd\"/></g></g></svg>",
    ),
    (
        "Mermaid without HTML labels",
        "<svg id=\"m\" width=\"100%\" xmlns=\"http://www.w3.org/2000/svg\" style=\"max-width: 100px;\" role=\"graphics-document document\" \
         aria-roledescription=\"flowchart-v2\"><style>#m{font-family:\"trebuchet ms\",verdana;fill:#333;}@keyframes \
         dash{to{stroke-dashoffset:0;}}#m .node rect:not(.a):nth-child(2n+1){fill:hsl(80, 100%, 96.2745098039%)!important;}#m \
         :root{--mermaid-font-family:\"trebuchet ms\";}#m a{color:var(--mermaid-font-family)}</style><g><marker id=\"m_end\" viewBox=\"0 0 9 9\" \
         refX=\"5\" refY=\"5\" markerUnits=\"userSpaceOnUse\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\"><path d=\"M 0 0\"/></marker>\
         <path marker-end=\"url(#m_end)\" d=\"M0 0\"/></g></svg>",
    ),
    (
        "an animation",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><circle r=\"1\"><animate attributeName=\"r\" values=\"1;2;1\" dur=\"1s\" begin=\"0s\" \
         repeatCount=\"indefinite\" calcMode=\"spline\" keySplines=\"0 0 1 1;0 0 1 1\"/><animateTransform attributeName=\"transform\" type=\"rotate\" \
         from=\"0 1 1\" to=\"360 1 1\" dur=\"2s\"/><set attributeName=\"fill\" to=\"red\" begin=\"1s\"/></circle><path id=\"a\" d=\"M0 0\"/>\
         <circle><animateMotion dur=\"1s\"><mpath href=\"#a\"/></animateMotion></circle></svg>",
    ),
    (
        "everything that draws",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:lang=\"cy\" lang=\"cy\"><defs><radialGradient id=\"r\" fx=\"0\" spreadMethod=\"pad\"><stop \
         offset=\"5%\" stop-color=\"red\"/></radialGradient><filter id=\"f\"><feTurbulence baseFrequency=\"0.1\" numOctaves=\"2\"/>\
         <feDisplacementMap scale=\"3\" xChannelSelector=\"R\"/><feComponentTransfer><feFuncA type=\"table\" tableValues=\"0 1\"/>\
         </feComponentTransfer><feDropShadow dx=\"1\" dy=\"1\" stdDeviation=\"1\"/><feImage href=\"#a\"/></filter></defs><a href=\"#top\"><text \
         id=\"top\"><textPath href=\"#p\" startOffset=\"50%\">along</textPath></text></a><view id=\"v\" viewBox=\"0 0 1 1\"/><path id=\"p\" \
         d=\"M0 0\" pathLength=\"1\" paint-order=\"stroke\" vector-effect=\"non-scaling-stroke\" style=\"mix-blend-mode: multiply; filter: \
         drop-shadow(1px 1px 1px rgb(0 0 0 / 0.4))\"/><style>@media print { a { fill: url( \"#r\" ) } }</style></svg>",
    ),
    (
        "PlantUML",
        "<?xml version=\"1.0\" encoding=\"us-ascii\" standalone=\"no\"?><svg xmlns=\"http://www.w3.org/2000/svg\" \
         contentScriptType=\"application/ecmascript\" contentStyleType=\"text/css\" height=\"120px\" preserveAspectRatio=\"none\" \
         style=\"width:113px;height:120px;background:#FFFFFF;\" version=\"1.1\" zoomAndPan=\"magnify\"><?plantuml 1.2023.10?><defs/><g><text \
         fill=\"#000000\" lengthAdjust=\"spacing\" textLength=\"9\">a</text></g><!--MD5=[7b]--></svg>",
    ),
    (
        "draw.io without HTML labels",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"1.1\" width=\"121px\" \
         viewBox=\"-0.5 -0.5 121 61\" content=\"&lt;mxfile host=&quot;app.diagrams.net&quot;&gt;&lt;/mxfile&gt;\" style=\"background-color: \
         light-dark(#ffffff, #121212);\"><defs/><g data-cell-id=\"2\"><rect fill=\"rgb(255, 255, 255)\" pointer-events=\"all\"/></g></svg>",
    ),
    (
        "XMP inside",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><metadata><?xpacket begin=\"\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta \
         xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmp:CreatorTool=\"x\"/></rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?></metadata></svg>",
    ),
    ("an old file without a namespace", "<svg><text>x</text></svg>"),
    (
        "prefixed throughout",
        "<svg:svg xmlns:svg=\"http://www.w3.org/2000/svg\"><svg:g fill=\"red\"><svg:rect width=\"1\" height=\"1\"/></svg:g></svg:svg>",
    ),
];

/// The errors of a text: byte and message.
fn found(text: &str) -> Vec<(usize, String)> {
    let found = check(&RelPath::new("a.svg"), text);
    assert!(found.iter().all(|error| matches!(error.code, Code::UnsafePicture | Code::BadPicture)));
    found.into_iter().map(|error| (error.location.span.start as usize, error.message)).collect()
}

/// Checks that the only error of a text is at its `¦`.
fn assert_reported(marked: &str) {
    let at = marked.find('¦').unwrap_or_else(|| panic!("{marked} has no mark"));
    let text = marked.replace('¦', "");
    let places: Vec<usize> = found(&text).into_iter().map(|(at, _)| at).collect();
    assert_eq!(places, [at], "{marked}: {:?}", found(&text));
}

#[test]
fn hostile_parts_are_reported_at_their_place() {
    assert!(PARTS.len() + WHOLE.len() > 100);
    for part in PARTS {
        assert_reported(&format!("{ROOT}{part}</svg>"));
    }
}

#[test]
fn hostile_files_are_reported_at_their_place() {
    for whole in WHOLE {
        assert_reported(whole);
    }
    for part in PARTS {
        assert!(!found(&format!("{ROOT}{}</svg>", part.replace('¦', ""))).is_empty(), "{part}");
    }
}

#[test]
fn harmless_files_pass() {
    assert!(HARMLESS.len() >= 20);
    for (program, text) in HARMLESS {
        assert_eq!(found(text), [], "{program}");
    }
}

#[test]
fn hostile_parts_are_reported_in_every_harmless_file() {
    for (program, text) in HARMLESS {
        let end = text.rfind("</").unwrap();
        let script = "<x:script xmlns:x=\"http://www.w3.org/2000/svg\">alert(1)</x:script>";
        let hostile = format!("{}{script}{}", &text[..end], &text[end..]);
        assert_eq!(found(&hostile).len(), 1, "{program}");
    }
}

#[test]
fn large_files_take_no_longer_than_they_should() {
    // Each of these would take minutes if anything were quadratic in it.
    let many = |part: &str, count: usize| part.repeat(count);
    for (text, is_fit) in [
        (format!("<svg>{}</svg>", many("<g fill='url(#a)'/>", 30_000)), true),
        (format!("<svg><style>{}</style></svg>", many("a{fill:red}/* x */", 30_000)), true),
        (format!("<svg><style>{}</style></svg>", many("/*", 150_000)), true),
        (format!("<svg><text>{}</text></svg>", many("<tspan x='1'>9</tspan>&amp;", 20_000)), true),
        (format!("<svg {}/>", (0..60_000).map(|n| format!("xmlns:a{n}='b' ")).collect::<Vec<_>>().concat()), false),
        (many("<g>", 150_000), false),
        (format!("<svg a='{}'/>", many("&amp;", 150_000)), false),
        (format!("<svg>{}</svg>", many("<b/>", 60_000)), false),
    ] {
        assert_eq!(found(&text).is_empty(), is_fit, "{}", &text[..40]);
        assert!(super::texts(&text).len() < text.len());
    }
}

#[test]
fn random_text_does_not_panic() {
    let mut chance = 7_u64;
    let mut random = move |below: usize| {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(chance >> 33).unwrap() % below
    };
    let pieces = [
        "<",
        ">",
        "\"",
        "&",
        "&#x0;",
        "é",
        "<!--",
        "]]>",
        "<?",
        "/>",
        "url(",
        "\\",
        "<![CDATA[",
        "'",
        "=",
        "xmlns:a='b'",
    ];
    let files: Vec<String> = HARMLESS
        .iter()
        .map(|(_, text)| (*text).to_owned())
        .chain(PARTS.iter().map(|part| format!("{ROOT}{part}</svg>")))
        .collect();
    for _ in 0..3000 {
        let mut text: Vec<char> = files[random(files.len())].chars().collect();
        for _ in 0..=random(3) {
            let at = random(text.len());
            let end = (at + random(4)).min(text.len());
            text.splice(at..end, pieces[random(pieces.len())].chars());
        }
        let text: String = text.into_iter().collect();
        for error in check(&RelPath::new("a.svg"), &text) {
            assert!(text.get(error.location.span.range()).is_some(), "{text}: {}", error.message);
        }
        for run in super::texts(&text) {
            assert!(text.get(run.span.range()).is_some(), "{text}");
        }
        assert!(super::without_metadata(&text).is_none());
    }
}
