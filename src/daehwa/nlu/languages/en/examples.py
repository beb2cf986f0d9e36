"""Values of the built-in types as English speakers say them, for refilling sample utterances."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.lexicon import phrases

EXAMPLES: Final = {
    "AlphaNumeric": phrases("abc123|x1234|b52|12345|qr7788|a1b2c3|hd4000"),
    "City": phrases(
        """
new york|london|paris|san francisco|boston|tokyo|los angeles|springfield|berlin|cedar falls
miami|north bend
"""
    ),
    "Confirmation": phrases("yes|no|sure|maybe"),
    "Country": phrases(
        """
france|japan|the united states|south korea|germany|brazil|new zealand|india|spain|egypt
"""
    ),
    "Currency": phrases("$50|20 dollars|five dollars|$1,200|100 euros|thirty bucks|$9.99"),
    "Date": phrases(
        """
tomorrow|today|next friday|march 3rd|monday|the 15th of may|this weekend|next week|december 25
in two weeks
"""
    ),
    "Duration": phrases(
        """
two hours|30 minutes|three days|a week|an hour and a half|10 minutes|six months
"""
    ),
    "EmailAddress": phrases("john@example.com|mary.jones@mail.com|info@shop.co.uk"),
    "FirstName": phrases("john|mary|emily|david|sarah|michael|anna|robert|priya|kenji"),
    "LastName": phrases("smith|johnson|lee|garcia|brown|taylor|nguyen|patel|o'brien"),
    "Number": phrases("2|three|5|ten|twenty five|100|four|12"),
    "Percentage": phrases("50%|20 percent|ten percent|15%"),
    "PhoneNumber": phrases("555-1212|(509) 555-1212|+1 509 555 1212|5095551212"),
    "State": phrases("california|texas|new york|florida|washington|north carolina|ohio"),
    "StreetName": phrases("main street|park avenue|elm street|oak road|sunset boulevard|mill lane"),
    "Time": phrases(
        """
8 pm|10 am|noon|5:30|half past three|seven o'clock|in the morning|six thirty pm
"""
    ),
    "UKPostalCode": phrases("SW1A 1AA|M1 1AE|EC1A 1BB|cr2 6xh"),
}
