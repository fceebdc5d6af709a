"""The tags of MJML, in a form of our own: read by `components.py`.

Names and types are those of MJML 5.4.1 (MIT licence, copyright Mailjet SAS).

    tag in PARENT ... holds WHAT
      TYPE: attribute attribute ...

`tags` are other tags of MJML, `html` is markup of HTML, `text` is text alone. An
attribute with ~ behind it is dropped in silence by the engine, mrml 6.0.1: measured
for every attribute, by what it changes in the HTML of either engine.
"""

from typing import Final

TABLE: Final = """\
mjml in - holds tags
  enum(ltr,rtl,auto): dir
  string: owa~ lang
mj-head in mjml holds tags
mj-attributes in mj-head holds tags
mj-all in mj-attributes holds nothing
mj-class in mj-attributes holds nothing
  string: name
mj-breakpoint in mj-head holds nothing
  unit(px): width
mj-font in mj-head holds nothing
  string: name href
mj-html-attributes in mj-head holds tags
mj-selector in mj-html-attributes holds tags
  string: path
mj-html-attribute in mj-selector holds text
  string: name
mj-preview in mj-head holds text
mj-style in mj-head holds text
  string: inline
mj-title in mj-head holds text
mj-raw in mjml mj-accordion mj-accordion-element mj-body mj-column mj-group mj-head
    mj-hero mj-navbar mj-section mj-social mj-wrapper holds html
  enum(file-start): position
mj-body in mjml holds tags
  color: background-color
  string: id~
  unit(px): width
mj-wrapper in mj-body holds tags
  color: background-color
  enum(full-width,false,): full-width
  enum(left,center,right): text-align
  enum(ltr,rtl): direction
  enum(repeat,no-repeat): background-repeat
  string: background-url background-size background-position background-position-x
    background-position-y border border-bottom border-left border-radius
    border-right border-top
  unit(px): gap~
  unit(px,%): gutter padding-top padding-bottom padding-left padding-right
  unit(px,%){1,4}: padding text-padding
mj-section in mj-body mj-wrapper holds tags
  color: background-color
  enum(full-width,false,): full-width
  enum(left,center,right): text-align
  enum(ltr,rtl): direction
  enum(repeat,no-repeat): background-repeat
  string: background-url background-size background-position background-position-x
    background-position-y border border-bottom border-left border-radius
    border-right border-top
  unit(px,%): gutter~ padding-top padding-bottom padding-left padding-right
  unit(px,%){1,4}: padding text-padding
mj-group in mj-section holds tags
  color: background-color
  enum(ltr,rtl): direction
  enum(top,bottom,middle): vertical-align
  unit(px,%): width
mj-column in mj-group mj-section holds tags
  color: background-color inner-background-color
  enum(ltr,rtl): direction
  enum(top,bottom,middle): vertical-align
  string: border border-bottom border-left border-radius border-right border-top
    inner-border inner-border-bottom inner-border-left inner-border-radius
    inner-border-right inner-border-top
  unit(px,%): padding-bottom padding-left padding-right padding-top width
  unit(px,%){1,4}: padding
mj-hero in mj-body mj-wrapper holds tags
  color: inner-background-color background-color
  enum(top,bottom,middle): vertical-align
  string: mode background-url background-position border-radius~
  unit(px,%): height background-width background-height inner-padding-top
    inner-padding-left inner-padding-right inner-padding-bottom padding-bottom
    padding-left padding-right padding-top
  unit(px,%){1,4}: inner-padding padding
mj-text in mj-column mj-hero holds html
  color: background-color color container-background-color
  enum(left,right,center,justify): align
  enum(top,bottom,middle): vertical-align
  string: font-family font-style font-weight text-decoration text-transform
  unit(px): font-size
  unit(px,%): height padding-bottom padding-left padding-right padding-top
  unit(px,%){1,4}: padding
  unit(px,%,): line-height
  unitWithNegative(px,em): letter-spacing
mj-image in mj-column mj-hero holds nothing
  boolean: fluid-on-mobile
  color: container-background-color
  enum(left,center,right): align
  string: alt href name src srcset sizes~ title rel border border-bottom~
    border-left border-right border-top~ border-radius target usemap
  unit(px): width font-size
  unit(px,%): padding-bottom padding-left padding-right padding-top max-height
  unit(px,%){1,4}: padding
  unit(px,auto): height
mj-button in mj-column mj-hero holds html
  color: background-color color container-background-color
  enum(left,center,right): align
  enum(left,right,center): text-align
  enum(top,bottom,middle): vertical-align
  string: border-bottom border-left border-radius border-right border-top border
    font-family font-style font-weight href name title~ rel target text-decoration
    text-transform
  unit(px): font-size
  unit(px,%): height padding-bottom padding-left padding-right padding-top width
  unit(px,%){1,4}: inner-padding padding
  unit(px,%,): line-height
  unitWithNegative(px,em): letter-spacing
mj-divider in mj-column mj-hero holds nothing
  color: border-color container-background-color
  enum(left,center,right): align
  string: border-style
  unit(px): border-width
  unit(px,%): padding-bottom padding-left padding-right padding-top width
  unit(px,%){1,4}: padding
mj-spacer in mj-column mj-hero holds nothing
  color: container-background-color
  string: border border-bottom border-left border-right border-top
  unit(px,%): padding-bottom padding-left padding-right padding-top height
  unit(px,%){1,4}: padding
mj-table in mj-column mj-hero holds html
  color: container-background-color color
  enum(auto,fixed,initial,inherit): table-layout
  enum(left,right,center): align
  enum(none,presentation): role~
  enum(top,bottom,middle): vertical-align
  integer: cellpadding cellspacing
  string: border font-family font-weight
  unit(px): font-size
  unit(px,%): padding-bottom padding-left padding-right padding-top
  unit(px,%){1,4}: padding
  unit(px,%,): line-height
  unit(px,%,auto): width
mj-accordion in mj-column mj-hero holds tags
  color: container-background-color
  enum(left,right): icon-position
  enum(top,middle,bottom): icon-align
  string: border font-family icon-wrapped-url icon-wrapped-alt icon-unwrapped-url
    icon-unwrapped-alt
  unit(px,%): icon-width icon-height padding-bottom padding-left padding-right
    padding-top
  unit(px,%){1,4}: padding
mj-accordion-element in mj-accordion holds tags
  color: background-color
  enum(left,right): icon-position
  enum(top,middle,bottom): icon-align
  string: border font-family icon-wrapped-url icon-wrapped-alt icon-unwrapped-url
    icon-unwrapped-alt
  unit(px,%): icon-width icon-height
mj-accordion-title in mj-accordion-element holds text
  color: background-color color
  string: font-family font-weight~
  unit(px): font-size
  unit(px,%): padding-bottom padding-left padding-right padding-top
  unit(px,%){1,4}: padding
mj-accordion-text in mj-accordion-element holds html
  color: background-color color
  string: font-family font-weight
  unit(px): font-size
  unit(px,%): padding-bottom padding-left padding-right padding-top
  unit(px,%){1,4}: padding
  unit(px,%,): line-height
  unitWithNegative(px,em): letter-spacing
mj-carousel in mj-column mj-hero holds tags
  color: container-background-color tb-hover-border-color tb-selected-border-color
  enum(left,center,right): align
  enum(visible,hidden,supported): thumbnails
  string: border-radius left-icon right-icon tb-border tb-border-radius
  unit(px,%): icon-width padding-top padding-bottom padding-left padding-right
    tb-width
  unit(px,%){1,4}: padding
mj-carousel-image in mj-carousel holds nothing
  string: alt href rel target title src thumbnails-src border-radius tb-border
    tb-border-radius
mj-navbar in mj-column mj-hero holds tags
  color: ico-color
  enum(left,center,right): align ico-align
  string: base-url hamburger ico-open ico-close ico-font-family ico-text-transform
    ico-text-decoration
  unit(px,%): ico-font-size ico-padding-left ico-padding-top ico-padding-right
    ico-padding-bottom padding-left padding-top padding-right padding-bottom
  unit(px,%){1,4}: ico-padding padding
  unit(px,%,): ico-line-height
mj-navbar-link in mj-navbar holds html
  color: color
  string: font-family font-style font-weight href name target rel text-decoration
    text-transform
  unit(px): font-size
  unit(px,%): padding-bottom padding-left padding-right padding-top
  unit(px,%){1,4}: padding
  unit(px,%,): line-height
  unitWithNegative(px,em): letter-spacing
mj-social in mj-column mj-hero holds tags
  color: container-background-color color
  enum(auto,fixed): table-layout
  enum(horizontal,vertical): mode
  enum(left,right,center): align
  enum(top,bottom,middle): vertical-align
  string: border~ border-radius font-family font-style font-weight text-decoration
  unit(px): font-size
  unit(px,%): icon-size icon-height padding-bottom padding-left padding-right
    padding-top
  unit(px,%){1,4}: icon-padding inner-padding padding text-padding
  unit(px,%,): line-height
mj-social-element in mj-social holds html
  color: background-color color
  enum(left,center,right): align
  enum(left,right): icon-position~
  enum(top,middle,bottom): vertical-align
  string: border~ border-radius font-family font-style font-weight href name rel src
    srcset~ sizes~ alt title target text-decoration
  unit(px): font-size
  unit(px,%): icon-size icon-height padding-bottom padding-left padding-right
    padding-top
  unit(px,%){1,4}: icon-padding padding text-padding
  unit(px,%,): line-height
"""
