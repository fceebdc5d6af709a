"""What readers' pages say, in the languages that press speaks.

{title} stands for the paper's, {address} for the reader's masked address.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The words of readers' pages in one language.

    Attributes:
        lang: BCP 47 language.
    """

    lang: str
    leave_title: str
    leave_text: str
    leave_button: str
    leave_instead: str
    left_title: str
    left_text: str
    left_again: str
    choose_title: str
    choose_text: str
    choose_lists: str
    choose_name: str
    choose_name_hint: str
    choose_button: str
    chosen: str
    leave_all_text: str
    leave_all_button: str
    ended_title: str
    ended_text: str
    confirm_title: str
    confirm_text: str
    confirm_button: str
    confirmed_title: str
    confirmed_text: str
    ask_title: str
    ask_text: str
    ask_email: str
    ask_button: str
    ask_wrong: str
    asked_title: str
    asked_text: str
    ask_link: str
    trial_title: str
    trial_text: str
    missing_title: str
    missing_text: str
    method_title: str
    method_text: str
    large_title: str
    large_text: str
    unread_title: str
    unread_text: str
    often_title: str
    often_text: str
    busy_title: str
    busy_text: str
    published_by: str


ENGLISH = Texts(
    lang="en",
    leave_title="Unsubscribe?",
    leave_text="Press the button, and {title} will not write to {address} any more.",
    leave_button="Unsubscribe",
    leave_instead="Choose what you get instead",
    left_title="You are unsubscribed",
    left_text="{title} will not write to you any more. A mail that is already on its way"
    " may still arrive.",
    left_again="Subscribe again",
    choose_title="What you get from us",
    choose_text="These are the choices of {address}.",
    choose_lists="Newsletters",
    choose_name="Your name",
    choose_name_hint="How our mails greet you. You may leave it empty.",
    choose_button="Save",
    chosen="Your choices are saved.",
    leave_all_text="Or leave everything at once.",
    leave_all_button="Unsubscribe from everything",
    ended_title="You are not subscribed",
    ended_text="{title} does not write to you. You can subscribe whenever you like.",
    confirm_title="Confirm your subscription",
    confirm_text="Press the button, and {title} will come to {address}.",
    confirm_button="Yes, send it to me",
    confirmed_title="You are subscribed",
    confirmed_text="Thank you. The next number of {title} will come to {address}.",
    ask_title="Subscribe",
    ask_text="{title} comes by email. You can unsubscribe at any time with one click.",
    ask_email="Your email address",
    ask_button="Subscribe",
    ask_wrong="That is not an email address. Write it like this: name@example.org",
    asked_title="Look into your mailbox",
    asked_text="We write to the address that you gave. Follow the link in that mail, and"
    " you are subscribed. If it does not come within an hour, look among the unwanted"
    " mail.",
    ask_link="Subscribe",
    trial_title="This link is from a test",
    trial_text="It stood in a mail to the newsroom and belongs to no reader. In readers’ own mails it"
    " leads to their page.",
    missing_title="This page does not exist",
    missing_text="The link may have been cut off. Copy the whole of it from the mail and"
    " try again.",
    method_title="That does not work here",
    method_text="Go back and use the button on the page.",
    large_title="That is too much",
    large_text="What was sent is larger than anything this page asks for.",
    unread_title="That cannot be read",
    unread_text="Go back and try again.",
    often_title="Too many at once",
    often_text="Please wait a minute and try again.",
    busy_title="Please try again in a minute",
    busy_text="We could not write down what you asked for. Nothing has changed.",
    published_by="{title} is published by",
)

GERMAN = Texts(
    lang="de",
    leave_title="Abbestellen?",
    leave_text="Nach einem Druck auf den Knopf schreibt {title} nicht mehr an {address}.",
    leave_button="Abbestellen",
    leave_instead="Stattdessen auswählen, was Sie bekommen",
    left_title="Sie sind abgemeldet",
    left_text="{title} schreibt Ihnen nicht mehr. Eine Mail, die schon unterwegs ist, kann"
    " noch ankommen.",
    left_again="Wieder bestellen",
    choose_title="Was Sie von uns bekommen",
    choose_text="Dies sind die Einstellungen für {address}.",
    choose_lists="Newsletter",
    choose_name="Ihr Name",
    choose_name_hint="So begrüßen Sie unsere Mails. Das Feld darf leer bleiben.",
    choose_button="Speichern",
    chosen="Ihre Auswahl ist gespeichert.",
    leave_all_text="Oder alles auf einmal abbestellen.",
    leave_all_button="Alles abbestellen",
    ended_title="Sie haben nichts bestellt",
    ended_text="{title} schreibt Ihnen nicht. Sie können jederzeit wieder bestellen.",
    confirm_title="Bestellung bestätigen",
    confirm_text="Nach einem Druck auf den Knopf kommt {title} an {address}.",
    confirm_button="Ja, bitte schicken",
    confirmed_title="Die Bestellung ist bestätigt",
    confirmed_text="Danke. Die nächste Ausgabe von {title} kommt an {address}.",
    ask_title="Bestellen",
    ask_text="{title} kommt per E-Mail. Abbestellen können Sie jederzeit mit einem Klick.",
    ask_email="Ihre E-Mail-Adresse",
    ask_button="Bestellen",
    ask_wrong="Das ist keine E-Mail-Adresse. Sie sieht so aus: name@example.org",
    asked_title="Sehen Sie in Ihr Postfach",
    asked_text="Wir schreiben an die Adresse, die Sie angegeben haben. Folgen Sie dem Link"
    " in dieser Mail, dann ist die Bestellung bestätigt. Kommt binnen einer Stunde nichts"
    " an, sehen Sie bitte bei den unerwünschten Mails nach.",
    ask_link="Bestellen",
    trial_title="Dieser Link ist aus einer Probe",
    trial_text="Er stand in einer Mail an die Redaktion und gehört niemandem. In den Mails der"
    " Leserinnen und Leser führt er zu ihrer Seite.",
    missing_title="Diese Seite gibt es nicht",
    missing_text="Vielleicht ist der Link abgeschnitten. Kopieren Sie ihn ganz aus der Mail"
    " und versuchen Sie es noch einmal.",
    method_title="Das geht hier nicht",
    method_text="Gehen Sie zurück und benutzen Sie den Knopf auf der Seite.",
    large_title="Das ist zu viel",
    large_text="Was geschickt wurde, ist größer als alles, wonach diese Seite fragt.",
    unread_title="Das lässt sich nicht lesen",
    unread_text="Gehen Sie zurück und versuchen Sie es noch einmal.",
    often_title="Zu viele auf einmal",
    often_text="Bitte warten Sie eine Minute und versuchen Sie es noch einmal.",
    busy_title="Bitte versuchen Sie es in einer Minute noch einmal",
    busy_text="Ihr Wunsch konnte nicht aufgeschrieben werden. Es hat sich nichts geändert.",
    published_by="{title} erscheint bei",
)

FRENCH = Texts(
    lang="fr",
    leave_title="Se désabonner ?",
    leave_text="Appuyez sur le bouton, et {title} n’écrira plus à {address}.",
    leave_button="Me désabonner",
    leave_instead="Choisir plutôt ce que je reçois",
    left_title="Vous êtes désabonné",
    left_text="{title} ne vous écrira plus. Un message déjà parti peut encore vous"
    " parvenir.",
    left_again="Se réabonner",
    choose_title="Ce que vous recevez de nous",
    choose_text="Voici les choix de {address}.",
    choose_lists="Lettres",
    choose_name="Votre nom",
    choose_name_hint="C’est ainsi que nos messages vous saluent. Le champ peut rester vide.",
    choose_button="Enregistrer",
    chosen="Vos choix sont enregistrés.",
    leave_all_text="Ou tout arrêter en une fois.",
    leave_all_button="Me désabonner de tout",
    ended_title="Vous n’êtes pas abonné",
    ended_text="{title} ne vous écrit pas. Vous pouvez vous abonner quand vous voulez.",
    confirm_title="Confirmer votre abonnement",
    confirm_text="Appuyez sur le bouton, et {title} arrivera à {address}.",
    confirm_button="Oui, je le veux",
    confirmed_title="Vous êtes abonné",
    confirmed_text="Merci. Le prochain numéro de {title} arrivera à {address}.",
    ask_title="S’abonner",
    ask_text="{title} arrive par courriel. Vous pouvez vous désabonner à tout moment d’un"
    " seul clic.",
    ask_email="Votre adresse électronique",
    ask_button="M’abonner",
    ask_wrong="Ce n’est pas une adresse électronique. Écrivez-la ainsi : nom@example.org",
    asked_title="Regardez dans votre boîte",
    asked_text="Nous écrivons à l’adresse que vous avez donnée. Suivez le lien de ce"
    " message pour être abonné. S’il n’arrive pas d’ici une heure, regardez parmi les"
    " messages indésirables.",
    ask_link="S’abonner",
    trial_title="Ce lien vient d’un essai",
    trial_text="Il se trouvait dans un message à la rédaction et n’appartient à personne. Dans"
    " les messages des lecteurs, il mène à leur page.",
    missing_title="Cette page n’existe pas",
    missing_text="Le lien a peut-être été coupé. Copiez-le en entier depuis le message et"
    " réessayez.",
    method_title="Cela ne marche pas ici",
    method_text="Revenez en arrière et utilisez le bouton de la page.",
    large_title="C’est trop",
    large_text="L’envoi est plus grand que tout ce que cette page demande.",
    unread_title="Cela ne peut pas être lu",
    unread_text="Revenez en arrière et réessayez.",
    often_title="Trop de demandes à la fois",
    often_text="Attendez une minute et réessayez.",
    busy_title="Réessayez dans une minute",
    busy_text="Votre demande n’a pas pu être notée. Rien n’a changé.",
    published_by="{title} est publié par",
)

SPANISH = Texts(
    lang="es",
    leave_title="¿Darse de baja?",
    leave_text="Pulse el botón y {title} no volverá a escribir a {address}.",
    leave_button="Darme de baja",
    leave_instead="Elegir mejor lo que recibo",
    left_title="Se ha dado de baja",
    left_text="{title} no volverá a escribirle. Un mensaje que ya esté en camino todavía"
    " puede llegar.",
    left_again="Volver a suscribirse",
    choose_title="Lo que recibe de nosotros",
    choose_text="Estas son las preferencias de {address}.",
    choose_lists="Boletines",
    choose_name="Su nombre",
    choose_name_hint="Así le saludan nuestros mensajes. Puede dejarlo vacío.",
    choose_button="Guardar",
    chosen="Sus preferencias están guardadas.",
    leave_all_text="O dejarlo todo de una vez.",
    leave_all_button="Darme de baja de todo",
    ended_title="No está suscrito",
    ended_text="{title} no le escribe. Puede suscribirse cuando quiera.",
    confirm_title="Confirme su suscripción",
    confirm_text="Pulse el botón y {title} llegará a {address}.",
    confirm_button="Sí, quiero recibirlo",
    confirmed_title="Está suscrito",
    confirmed_text="Gracias. El próximo número de {title} llegará a {address}.",
    ask_title="Suscribirse",
    ask_text="{title} llega por correo electrónico. Puede darse de baja en cualquier"
    " momento con un solo clic.",
    ask_email="Su dirección de correo",
    ask_button="Suscribirme",
    ask_wrong="Eso no es una dirección de correo. Escríbala así: nombre@example.org",
    asked_title="Mire en su buzón",
    asked_text="Escribimos a la dirección que ha dado. Siga el enlace de ese mensaje y"
    " quedará suscrito. Si no llega en una hora, mire entre los mensajes no deseados.",
    ask_link="Suscribirse",
    trial_title="Este enlace es de una prueba",
    trial_text="Estaba en un mensaje a la redacción y no es de nadie. En los mensajes de los"
    " lectores lleva a su página.",
    missing_title="Esta página no existe",
    missing_text="Puede que el enlace esté cortado. Cópielo entero del mensaje y vuelva a"
    " intentarlo.",
    method_title="Eso no funciona aquí",
    method_text="Vuelva atrás y use el botón de la página.",
    large_title="Es demasiado",
    large_text="Lo enviado es mayor que cualquier cosa que esta página pida.",
    unread_title="No se puede leer",
    unread_text="Vuelva atrás e inténtelo otra vez.",
    often_title="Demasiadas a la vez",
    often_text="Espere un minuto y vuelva a intentarlo.",
    busy_title="Inténtelo otra vez en un minuto",
    busy_text="No hemos podido anotar lo que pidió. Nada ha cambiado.",
    published_by="{title} es una publicación de",
)

LANGUAGES = (ENGLISH, GERMAN, FRENCH, SPANISH)


def texts_in(lang: str) -> Texts:
    """Return the words in a language, in English where press does not speak it."""
    main = lang.partition("-")[0].lower()
    return next((texts for texts in LANGUAGES if texts.lang == main), ENGLISH)
